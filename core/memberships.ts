import { type Circumstances, isInForce } from './authorize.ts';
import { VendError } from './errors.ts';
import { type Identity, isExpired } from './identity.ts';
import { granteeOf } from './registry/grantee.ts';
import { keysOfIdentity } from './registry/member-keys.ts';
import type { Member } from './registry/model.ts';
import type { RegistrySlice } from './registry/store.ts';
import { memberMatches } from './trust-rule.ts';

/** The member entries that the caller satisfies, of those that a slice holds for it. */
export function membershipsOf(slice: RegistrySlice, identity: Identity): readonly Member[] {
  return slice.members.filter((member) => memberMatches(member, identity));
}

/** Those of them that count now: what is granted to the others is not for the caller to know (A14). */
export function membershipsInForce(
  slice: RegistrySlice,
  identity: Identity,
  circumstances: Pick<Circumstances, 'now'>,
): readonly Member[] {
  return membershipsOf(slice, identity).filter((member) =>
    isInForce(member, slice.suspensions, circumstances),
  );
}

/** The teams of these members, each once, in order. */
export function teamsOf(members: readonly Member[]): readonly string[] {
  return [...new Set(members.map(({ team }) => team))].sort();
}

/**
 * To whom a grant may be made that admits one of these members. A14: not the team's other members, of
 * whose databases nothing may show, not even how many there are.
 */
export function granteesOf(members: readonly Member[]): readonly string[] {
  const own = members.map(({ team, name }) => granteeOf({ team, member: name }));
  return [...teamsOf(members), ...own];
}

/**
 * The keys that a caller is looked up under, as long as its proof holds.
 *
 * @throws VendError `UNAUTHENTICATED` (`identity-expired`), and as {@link keysOfIdentity}.
 */
export function keysInForce(identity: Identity, now: Date): readonly string[] {
  if (isExpired(identity, now)) throw new VendError('UNAUTHENTICATED', 'identity-expired');
  return keysOfIdentity(identity);
}
