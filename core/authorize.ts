import type { Identity } from './identity.ts';
import { isExpired } from './identity.ts';
import type { DenialReason, Hint } from './reasons.ts';
import type { Database, DatabaseUser, Grant, Member } from './registry/model.ts';
import type { RegistrySlice, Suspensions } from './registry/store.ts';
import { isInNetworks } from './source-ip.ts';
import { memberMatches } from './trust-rule.ts';

/** What a client asks for: names that the registry lists, and nothing else. */
export interface Wish {
  readonly database: string;
  readonly user?: string;
  readonly team?: string;
}

export interface Circumstances {
  readonly now: Date;
  /** As API Gateway saw it; `undefined` when it is unknown, which satisfies no CIDR. */
  readonly sourceIp: string | undefined;
}

export type Decision = Allowed | Denied;

export interface Allowed {
  readonly allowed: true;
  readonly team: string;
  /** The member entry that let the caller in. */
  readonly member: string;
  readonly database: Database;
  readonly user: DatabaseUser;
  readonly grant: Grant;
}

export interface Denied {
  readonly allowed: false;
  readonly reason: DenialReason;
  readonly hint?: Hint;
}

/** One way in: a grant that one of the caller's memberships satisfies, and what stands against it now. */
export interface Candidate {
  readonly member: Member;
  readonly database: Database;
  readonly user: DatabaseUser;
  readonly grant: Grant;
  readonly obstacle: Obstacle | undefined;
}

export type Obstacle = 'member-expired' | 'grant-expired' | 'source-ip' | 'suspended';

/**
 * Decides whether the caller may have a token, and as whom. Pure and total; whatever no rule allows
 * is denied. `slice` may hold more than concerns the caller: every condition is checked here.
 */
export function authorize(
  identity: Identity,
  wish: Wish,
  slice: RegistrySlice,
  circumstances: Circumstances,
): Decision {
  const members = slice.members.filter((member) => memberMatches(member, identity));
  if (members.length === 0 || isExpired(identity, circumstances.now)) {
    return { allowed: false, reason: 'no-team', hint: 'no-team' };
  }
  const { database } = slice;
  if (database === undefined || database.name !== wish.database) {
    return { allowed: false, reason: 'unknown-database' };
  }
  const candidates = candidatesOf(members, database, slice.suspensions, circumstances).filter(
    ({ user, grant }) =>
      (wish.user === undefined || user.name === wish.user) &&
      (wish.team === undefined || grant.team === wish.team),
  );
  return choose(candidates);
}

/** Every way in that the members open, with what stands against it now. */
export function candidatesOf(
  members: readonly Member[],
  database: Database,
  suspensions: Suspensions,
  circumstances: Circumstances,
): Candidate[] {
  return database.users.flatMap((user) =>
    user.grants.flatMap((grant) =>
      members
        .filter(
          (member) =>
            member.team === grant.team &&
            (grant.member === undefined || grant.member === member.name),
        )
        .map((member) => ({
          member,
          database,
          user,
          grant,
          obstacle: obstacleTo(member, database, user, suspensions, circumstances),
        })),
    ),
  );
}

/** Whether a membership counts now, whatever it is granted. */
export function isInForce(
  member: Member,
  suspensions: Suspensions,
  { now }: Pick<Circumstances, 'now'>,
): boolean {
  return !isMemberSuspended(member, suspensions) && !isOver(member.notAfterMs, now);
}

function obstacleTo(
  member: Member,
  database: Database,
  user: DatabaseUser,
  suspensions: Suspensions,
  { now, sourceIp }: Circumstances,
): Obstacle | undefined {
  if (isMemberSuspended(member, suspensions)) return 'suspended';
  if (isTargetSuspended(database, user, suspensions)) return 'suspended';
  if (isOver(member.notAfterMs, now)) return 'member-expired';
  if (isOver(user.notAfterMs, now)) return 'grant-expired';
  if (user.vendFromCidrs !== undefined && !isInNetworks(sourceIp, user.vendFromCidrs)) {
    return 'source-ip';
  }
  return undefined;
}

function isMemberSuspended(member: Member, suspensions: Suspensions): boolean {
  return (
    suspensions.has(`team/${member.team}`) ||
    suspensions.has(`member/${member.team}/${member.name}`) ||
    (member.kind === 'jwt' && suspensions.has(`issuer/${member.issuerName}`))
  );
}

function isTargetSuspended(
  database: Database,
  user: DatabaseUser,
  suspensions: Suspensions,
): boolean {
  return (
    suspensions.has(`database/${database.name}`) ||
    suspensions.has(`user/${database.name}/${user.name}`)
  );
}

function isOver(notAfterMs: number | undefined, now: Date): boolean {
  return now.getTime() >= (notAfterMs ?? Number.POSITIVE_INFINITY);
}

function choose(candidates: readonly Candidate[]): Decision {
  const open = candidates.filter(({ obstacle }) => obstacle === undefined);
  const [first] = open;
  if (first === undefined) {
    const [blocked] = candidates;
    return blocked?.obstacle === undefined
      ? { allowed: false, reason: 'not-granted' }
      : { allowed: false, reason: blocked.obstacle, hint: 'grant-not-in-force' };
  }
  if (differ(open.map(({ user }) => user.name))) {
    return { allowed: false, reason: 'choose-user', hint: 'choose-user' };
  }
  if (differ(open.map(({ grant }) => grant.team))) {
    return { allowed: false, reason: 'choose-team', hint: 'choose-team' };
  }
  const { member, database, user, grant } = first;
  return { allowed: true, team: member.team, member: member.name, database, user, grant };
}

function differ(values: readonly string[]): boolean {
  return new Set(values).size > 1;
}
