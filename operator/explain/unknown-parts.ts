import type { Identity } from '../../core/identity.ts';
import type { ClaimValue, Match, Member } from '../../core/registry/model.ts';
import type { ClaimedCaller } from './claimed-caller.ts';

/** Whether nobody has said which id the principal has: an ARN does not. */
export const isIdUnknown = (caller: ClaimedCaller): boolean =>
  caller.kind === 'iam' && caller.uniqueId === undefined;

/**
 * Whether a claim is one that the audit record of the caller may lack: it keeps `auditClaims` alone, and
 * those as texts, whatever they were.
 */
export const isClaimUnknown = (
  caller: ClaimedCaller,
  match: Match,
  found: ClaimValue | undefined,
): boolean =>
  caller.kind === 'jwt' &&
  caller.isRecorded === true &&
  (found === undefined || ('exact' in match && typeof match.exact !== 'string'));

/** A member without the conditions that cannot be judged: as if the caller had what they ask for. */
export function presumed(member: Member, identity: Identity, caller: ClaimedCaller): Member {
  if (member.kind === 'iam') {
    const { uniqueId, ...unpinned } = member;
    return isIdUnknown(caller) ? unpinned : member;
  }
  if (identity.kind !== 'jwt' || caller.kind !== 'jwt' || !caller.isRecorded) return member;
  const claims = member.claims.filter(
    ({ key, match }) => !isClaimUnknown(caller, match, identity.claims.get(key)),
  );
  // A member of which nothing is left to hold matches nobody, so its subject is the caller's own.
  return { ...member, claims, subject: member.subject ?? { exact: identity.subject } };
}
