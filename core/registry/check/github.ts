import { membersOf, type PlacedMember, type RegistryDraft } from '../draft.ts';
import { type Finding, warning } from '../problem.ts';
import type { MemberEntry } from '../schema.ts';

/** A11: what GitHub's subjects admit beyond what their readers expect. */
export function checkGitHub(draft: RegistryDraft): Finding[] {
  return membersOf(draft)
    .filter(({ member }) => isGitHub(draft, member))
    .flatMap((placed) => [
      ...organizationFindings(placed),
      ...pullRequestFindings(placed),
      ...typeFindings(placed),
    ]);
}

function isGitHub(draft: RegistryDraft, { issuer }: MemberEntry): boolean {
  const url = issuer === undefined ? undefined : draft.issuers.get(issuer)?.url;
  // An enterprise may have its own issuer below this one.
  return /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)/.test(url ?? '');
}

/** `repo:octo-org/*` and `repo:octo-org-123/*`: every repository that the organization has or will have. */
function organizationFindings({ path, member }: PlacedMember): Finding[] {
  return /^repo:(?:[^/:]+\/)?\*$/.test(member.subject ?? '')
    ? [warning([...path, 'subject'], 'This admits every repository of the organization; name one.')]
    : [];
}

/** Claims that tell a pull request's run from others, when they are fixed. */
const separating = ['ref', 'event_name', 'environment'];

function pullRequestFindings({ path, member }: PlacedMember): Finding[] {
  const claims = new Map(Object.entries(member.claims ?? {}));
  if (separating.some((claim) => excludesPullRequests(claims.get(claim)))) return [];
  return admitsPullRequests(member.subject)
    ? [
        warning(
          member.subject === undefined ? path : [...path, 'subject'],
          'This admits pull_request runs, whose code nobody has reviewed; fix ref or environment.',
        ),
      ]
    : [];
}

function excludesPullRequests(value: string | number | boolean | undefined): boolean {
  return typeof value === 'string' && !/^(?:pull_request|refs\/(?:pull\/|\*))/.test(value);
}

/**
 * Whether `repo:<owner>/<repository>:pull_request` fits, in the legacy form with names and in the
 * immutable one with ids (`repo:octo-org-1/octo-repo-2:…`).
 */
function admitsPullRequests(subject: string | undefined): boolean {
  return (
    subject === undefined || /^repo:(?:[^/:]+\/(?:[^/:]+:(?:pull_request)?)?)?\*?$/.test(subject)
  );
}

function typeFindings({ path, member }: PlacedMember): Finding[] {
  return Object.entries(member.claims ?? {})
    .filter(([, value]) => typeof value !== 'string')
    .map(([key]) =>
      warning(
        [...path, 'claims', key],
        'GitHub sends every claim as text; put the value in quotes.',
      ),
    );
}
