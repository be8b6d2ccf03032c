import type { RegistryDraft } from '../draft.ts';
import { maxIssuers } from '../issuer-limit.ts';
import { issuerUrlProblem } from '../issuer-url.ts';
import { error, type Finding, warning } from '../problem.ts';
import type { IssuerEntry } from '../schema.ts';

/** An issuer is found by its URL alone, byte by byte: the URL must be plain, and there once. */
export function checkIssuers(draft: RegistryDraft): Finding[] {
  const firstByUrl = new Map<string, string>();
  const findings = [...draft.issuers].flatMap(([name, issuer]) => {
    const first = firstByUrl.get(issuer.url);
    if (first === undefined) firstByUrl.set(issuer.url, name);
    return [...urlFindings(name, issuer, first), ...audienceFindings(name, issuer)];
  });
  return draft.issuers.size > maxIssuers ? [tooMany, ...findings] : findings;
}

const tooMany = error(
  ['issuers'],
  `A registry holds at most ${maxIssuers} issuers; remove those that no member needs.`,
);

function urlFindings(name: string, { url }: IssuerEntry, first: string | undefined): Finding[] {
  const path = ['issuers', name, 'url'];
  const problem = issuerUrlProblem(url);
  return [
    ...(problem === undefined ? [] : [error(path, problem)]),
    ...(first === undefined
      ? []
      : [error(path, `The issuer ${first} has this URL already; merge the two entries.`)]),
  ];
}

/** Tokens with these audiences are made for other services, which could pass them on to us. */
const foreignAudiences = /^https:\/\/kubernetes\.default\.svc(?:\.|$)|^https:\/\/github\.com\//;

function audienceFindings(name: string, { audiences }: IssuerEntry): Finding[] {
  return audiences.flatMap((audience, index) => {
    const path = ['issuers', name, 'audiences', index];
    if (/^[a-z][a-z0-9+.-]*:\/*./i.test(audience) && !foreignAudiences.test(audience)) return [];
    return [
      warning(
        path,
        'Tokens made for another service may carry this audience; use the URL of this deployment.',
      ),
    ];
  });
}
