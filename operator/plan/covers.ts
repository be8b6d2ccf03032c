import type { JwtMember, Match, Member } from '../../core/registry/model.ts';

/**
 * Whether `wide` admits everyone whom `narrow` admits: each of its conditions follows from one of the
 * other's. `notAfter` is not looked at.
 */
export function covers(wide: Member, narrow: Member): boolean {
  if (wide.kind === 'jwt') return narrow.kind === 'jwt' && jwtCovers(wide, narrow);
  return (
    narrow.kind === 'iam' &&
    wide.account === narrow.account &&
    wide.principal === narrow.principal &&
    wide.principalName === narrow.principalName &&
    (wide.uniqueId === undefined || wide.uniqueId === narrow.uniqueId)
  );
}

function jwtCovers(wide: JwtMember, narrow: JwtMember): boolean {
  return (
    wide.issuer === narrow.issuer &&
    follows(wide.subject, narrow.subject) &&
    wide.claims.every((claim) =>
      narrow.claims.some(({ key, match }) => key === claim.key && follows(claim.match, match)),
    )
  );
}

/** Whether what satisfies `given` satisfies `wanted`. An array claim satisfies both by the same element. */
function follows(wanted: Match | undefined, given: Match | undefined): boolean {
  if (wanted === undefined) return true;
  if (given === undefined) return false;
  if ('exact' in wanted) return 'exact' in given && wanted.exact === given.exact;
  if ('prefix' in given) return given.prefix.startsWith(wanted.prefix);
  const { exact } = given;
  return (
    typeof exact === 'string' &&
    exact.startsWith(wanted.prefix) &&
    exact.length > wanted.prefix.length
  );
}
