import { candidatesOf, type Obstacle } from '../../core/authorize.ts';
import type { RegistryIndex } from '../../core/registry/index-document.ts';
import type { Database, Grant, Member } from '../../core/registry/model.ts';
import { memberMatches } from '../../core/trust-rule.ts';
import { accountFor, type ConditionAccount } from './condition-accounts.ts';
import { type Evidence, gather, judge, type Question, type Verdict } from './decide.ts';
import { presumed } from './unknown-parts.ts';
import { summaryOf } from './verdict-summary.ts';

/** Why a request would end as it would. */
export interface Explanation {
  readonly verdict: Verdict;
  /** False where it would be another one if the caller had what is not known of them. */
  readonly isFinal: boolean;
  /** Members that were considered: those that hold first, then those that came nearest. */
  readonly members: readonly MemberAccount[];
  /** Grants of the database that the caller's members open, with what stands against each. */
  readonly grants: readonly GrantAccount[];
}

export interface MemberAccount {
  readonly team: string;
  readonly member: string;
  readonly holds: boolean;
  readonly conditions: readonly ConditionAccount[];
}

export interface GrantAccount {
  readonly user: string;
  readonly team: string;
  readonly member: string;
  /** Absent where nothing stands against it. */
  readonly against?: Obstacle | 'other-user-asked' | 'other-team-asked';
}

/**
 * Explains one request. The verdict is `authorize`'s own; the accounts are made by the functions that it
 * is made of. Considered are the members that the look-up finds for the caller, and all others that
 * could open the database.
 */
export function explain(index: RegistryIndex, question: Question): Explanation {
  const evidence = gather(index, question);
  if ('reason' in evidence) return { verdict: evidence, isFinal: true, members: [], grants: [] };
  const members = consideredMembers(index, evidence).map((member) => ({
    team: member.team,
    member: member.name,
    holds: memberMatches(member, evidence.identity),
    conditions: accountFor(member, evidence.identity, question.caller),
  }));
  const verdict = judge(evidence, question);
  return {
    verdict,
    isFinal: isSame(verdict, atBest(index, evidence, question)),
    members: members.sort((one, other) => failures(one) - failures(other)),
    grants: grantAccounts(evidence, question),
  };
}

/** The verdict for a caller who has all that is not known of them: the look-up finds no member by that. */
function atBest(index: RegistryIndex, { identity, slice }: Evidence, question: Question) {
  const all = new Set([...slice.members, ...[...index.members.values()].flat()]);
  const members = [...all].map((member) => presumed(member, identity, question.caller));
  return judge({ identity, slice: { ...slice, members } }, question);
}

const isSame = (one: Verdict, other: Verdict): boolean =>
  JSON.stringify(summaryOf(one)) === JSON.stringify(summaryOf(other));

const failures = ({ conditions }: MemberAccount): number =>
  conditions.filter(({ holds }) => !holds).length;

function consideredMembers(index: RegistryIndex, { slice }: Evidence): readonly Member[] {
  const grants = slice.database?.users.flatMap((user) => user.grants) ?? [];
  const granted = grants.length === 0 ? [] : [...index.members.values()].flat();
  const others = granted.filter((member) => grants.some((grant) => isFor(grant, member)));
  return [...new Set([...slice.members, ...others])];
}

const isFor = (grant: Grant, { team, name }: Member): boolean =>
  grant.team === team && (grant.member === undefined || grant.member === name);

function grantAccounts({ identity, slice }: Evidence, question: Question): GrantAccount[] {
  const { database, suspensions } = slice;
  if (database === undefined) return [];
  const members = slice.members.filter((member) => memberMatches(member, identity));
  return waysInto(database, members, { ...question, suspensions });
}

function waysInto(database: Database, members: readonly Member[], question: Question) {
  const { wish, suspensions, now, sourceIp } = question;
  return candidatesOf(members, database, suspensions, { now, sourceIp }).map((candidate) => {
    const { user, grant, member, obstacle } = candidate;
    const unasked =
      wish.user !== undefined && wish.user !== user.name
        ? ('other-user-asked' as const)
        : wish.team !== undefined && wish.team !== grant.team
          ? ('other-team-asked' as const)
          : undefined;
    const against = unasked ?? obstacle;
    const account = { user: user.name, team: grant.team, member: member.name };
    return { ...account, ...(against === undefined ? {} : { against }) };
  });
}
