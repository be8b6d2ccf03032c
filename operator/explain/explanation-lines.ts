import type { DenialReason, FailureReason } from '../../core/reasons.ts';
import type { ConditionAccount } from './condition-accounts.ts';
import type { Verdict } from './decide.ts';
import type { Explanation, GrantAccount, MemberAccount } from './explain.ts';

/** An explanation for people: the verdict, then each member with its conditions, then the grants. */
export function explanationLines(explanation: Explanation): readonly string[] {
  const { verdict, isFinal, members, grants } = explanation;
  return [
    ...(isFinal ? [verdictLine(verdict)] : undecidedLines(explanation)),
    ...section('members', members.flatMap(memberLines)),
    ...section('grants', grants.map(grantLine)),
  ];
}

/** Who got what by which rule, or the reason for the audit record and what it means. */
export function verdictLine(verdict: Verdict): string {
  if (!verdict.allowed) return `refused: ${verdict.reason} (${meaningOf(verdict.reason)})`;
  const { team, member, database, user } = verdict;
  return `allowed: ${database.name}/${user.name} for ${team}/${member}`;
}

/** It may be the right caller who is told so: nothing is said to be refused. */
function undecidedLines({ verdict, members }: Explanation): readonly string[] {
  const isId = members.some(({ conditions }) =>
    conditions.some(({ condition, isUnknown }) => isUnknown && condition === 'id'),
  );
  return [
    `undecided: as far as is known, ${verdictLine(verdict)}`,
    isId
      ? 'The id of the principal is not given: name a file with what `aws sts get-caller-identity` prints.'
      : 'Rules read claims that the record does not have, so the verdict cannot be told from it.',
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines];

function memberLines({ team, member, holds, conditions }: MemberAccount): readonly string[] {
  const mayHold = conditions.every((one) => one.holds || one.isUnknown);
  const sign = mayHold && !holds ? '?' : mark(holds);
  return [`  ${sign} ${team}/${member}`, ...conditions.map(conditionLine)];
}

function conditionLine(account: ConditionAccount): string {
  const { condition, wanted, holds, isUnknown } = account;
  const sign = isUnknown ? '?' : mark(holds);
  const rest = holds && !isUnknown ? '' : `, ${whatIsFound(account)}`;
  return `      ${sign} ${condition} is ${JSON.stringify(wanted)}${rest}`;
}

function whatIsFound({ condition, found, isUnknown }: ConditionAccount): string {
  if (isUnknown && condition === 'id') return 'not given';
  if (found === undefined) return isUnknown ? 'not in the record' : 'there is none';
  return `${isUnknown ? 'recorded as text: ' : 'has '}${JSON.stringify(found)}`;
}

const grantLine = ({ user, team, member, against }: GrantAccount): string =>
  `  ${mark(against === undefined)} ${user} to ${team}/${member}${against === undefined ? '' : `: ${against}`}`;

const mark = (good: boolean): string => (good ? '+' : '-');

const meanings = {
  'unknown-database': 'the registry has no such database',
  'no-team': 'no member of any team matches the caller',
  'not-granted': 'the caller’s members are not granted what was asked for',
  'choose-user': 'the caller may be several users, and names none',
  'choose-team': 'several of the caller’s teams are granted it, and none is named',
  'member-expired': 'the member’s notAfter is over',
  'grant-expired': 'the user’s notAfter is over',
  'source-ip': 'the caller’s address is in none of the user’s vendFromCidrs',
  suspended: 'the issuer, team, member, database or user is suspended',
} as const satisfies Record<DenialReason, string>;

const recognitionMeanings: Partial<Record<FailureReason, string>> = {
  'issuer-unknown': 'no issuer of the registry has exactly this URL',
  'issuer-suspended': 'the issuer is suspended',
  'jwt-expired': 'the exp among the claims is over at the time that is asked about',
  'principal-refused': 'only roles, their sessions and users can be members',
  'identity-missing': 'the principal is not an ARN',
  'identity-unusable': 'subject, expiry or ids are not acceptable',
  'too-many-claim-values':
    'a claim that the registry reads has over 64 values, or all together make over 90 keys',
};

function meaningOf(reason: DenialReason | FailureReason): string {
  const found = Object.entries({ ...meanings, ...recognitionMeanings });
  return found.find(([name]) => name === reason)?.[1] ?? 'the caller is not recognized';
}
