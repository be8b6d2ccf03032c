import { error, type Finding } from '../core/registry/problem.ts';
import { type DiscoveryDependencies, type DiscoveryFault, discoverKeys } from './discover-keys.ts';

export interface ResolvedIssuers {
  /** Key addresses by the issuer's name, for `compileDraft` and `loadRegistry`. */
  readonly jwksUris: ReadonlyMap<string, string>;
  /** One for each issuer whose address could not be found. */
  readonly findings: readonly Finding[];
}

/** Finds the key addresses of issuers that give none. One that fails does not hide the others. */
export async function resolveIssuers(
  issuers: readonly { readonly name: string; readonly url: string }[],
  deps: DiscoveryDependencies,
): Promise<ResolvedIssuers> {
  const jwksUris = new Map<string, string>();
  const findings: Finding[] = [];
  const discoveries = await Promise.all(issuers.map(({ url }) => discoverKeys(url, deps)));
  for (const [index, { name }] of issuers.entries()) {
    const discovery = discoveries[index];
    if (discovery?.found === true) jwksUris.set(name, discovery.jwksUri);
    else findings.push(unresolved(name, discovery?.reason ?? 'unreachable'));
  }
  return { jwksUris, findings };
}

const unresolved = (name: string, reason: DiscoveryFault): Finding =>
  error(['issuers', name], `${sentences[reason]} Correct the url, or give jwksUri or jwks.`);

const sentences = {
  'url-refused': 'Discovery needs a plain https URL.',
  unreachable: 'The issuer did not answer discovery in time.',
  redirected: 'The issuer answers discovery with a redirect, which is not followed.',
  status: 'The issuer has no discovery document.',
  'too-large': 'The discovery document is larger than 100 KB.',
  'not-json': 'The discovery document is not a JSON object.',
  'issuer-differs': 'The discovery document is for another issuer than this URL.',
  'jwks-uri-refused': 'The discovery document gives no plain https jwks_uri.',
} as const satisfies Record<DiscoveryFault, string>;
