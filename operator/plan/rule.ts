import type { JwtMember, Match, Member } from '../../core/registry/model.ts';

/**
 * Whom a member admits, apart from what the member is called: two members with the same text admit the
 * same callers. For people too: `subject system:…:api of https://…`.
 */
export function ruleText(member: Member): string {
  if (member.kind === 'iam') {
    const { account, principal, principalName, uniqueId } = member;
    const id = uniqueId === undefined ? '' : ` (${uniqueId})`;
    return `IAM ${principal} ${principalName} of account ${account}${id}`;
  }
  const claims = [...member.claims]
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ key, match }) => `${key} ${valueText(match)}`);
  const subject = member.subject === undefined ? [] : [`subject ${valueText(member.subject)}`];
  return `${[...subject, ...claims].join(', ')} of ${member.issuer}`;
}

/** A text is quoted where it could be taken for a value of another type, or for a pattern. */
export function valueText(match: Match): string {
  if ('prefix' in match) return `${match.prefix}*`;
  const { exact } = match;
  if (typeof exact !== 'string') return String(exact);
  return /^[\w.@:/-]*[A-Za-z@:/][\w.@:/-]*$/.test(exact) && !/^(?:true|false)$/.test(exact)
    ? exact
    : JSON.stringify(exact);
}

/** Whether a member admits by a pattern: callers that nobody has listed. */
export const isPattern = (member: Member): boolean =>
  member.kind === 'jwt' &&
  [...(member.subject === undefined ? [] : [member.subject]), ...member.claims.map(matchOf)].some(
    (match) => 'prefix' in match,
  );

const matchOf = ({ match }: JwtMember['claims'][number]): Match => match;
