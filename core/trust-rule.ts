import type { IamIdentity, Identity, JwtIdentity } from './identity.ts';
import type { ClaimValue, IamMember, JwtMember, Match, Member } from './registry/model.ts';

/** Whether every condition of a member holds for the caller. A missing claim satisfies nothing. */
export function memberMatches(member: Member, identity: Identity): boolean {
  if (member.kind === 'jwt') return identity.kind === 'jwt' && jwtMatches(member, identity);
  return identity.kind === 'iam' && iamMatches(member, identity);
}

function jwtMatches(member: JwtMember, identity: JwtIdentity): boolean {
  if (member.subject === undefined && member.claims.length === 0) return false;
  return (
    member.issuer === identity.issuer &&
    (member.subject === undefined || valueMatches(member.subject, identity.subject)) &&
    member.claims.every(({ key, match }) => {
      const value = identity.claims.get(key);
      return value !== undefined && valueMatches(match, value);
    })
  );
}

function iamMatches(member: IamMember, identity: IamIdentity): boolean {
  return (
    member.account === identity.account &&
    member.principal === identity.principal &&
    member.principalName === identity.principalName &&
    (member.uniqueId === undefined || member.uniqueId === identity.uniqueId)
  );
}

/** Exact values match by type as well: `"true"` is not `true`. An array matches if one element does. */
function valueMatches(match: Match, value: ClaimValue): boolean {
  if (typeof value === 'object') return value.some((element) => valueMatches(match, element));
  if ('exact' in match) return value === match.exact;
  return (
    typeof value === 'string' &&
    value.length > match.prefix.length &&
    value.startsWith(match.prefix)
  );
}
