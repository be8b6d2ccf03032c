import type { IamIdentity, Identity, JwtIdentity } from '../../core/identity.ts';
import type { ClaimValue, IamMember, JwtMember, Match, Member } from '../../core/registry/model.ts';
import { memberMatches } from '../../core/trust-rule.ts';
import type { ClaimedCaller } from './claimed-caller.ts';
import { isClaimUnknown, isIdUnknown } from './unknown-parts.ts';

/** One condition of a member, and whether it holds for the caller. */
export interface ConditionAccount {
  /** `issuer`, `subject`, `claims.<name>`; `account`, `principal`, `id`; or `kind`. */
  readonly condition: string;
  /** As the registry writes it: a pattern ends in `*`. */
  readonly wanted: ClaimValue;
  /** What the caller has; absent where it has no such thing that a rule can read. */
  readonly found?: ClaimValue;
  readonly holds: boolean;
  /** It is not known what the caller has, so it may hold after all. */
  readonly isUnknown?: true;
}

/**
 * Every condition of a member, each put to `memberMatches` alone: a member reduced to the one
 * condition, or a caller who is right in everything else. So no second evaluator exists that could
 * come to another answer than the one that vends.
 */
export function accountFor(
  member: Member,
  identity: Identity,
  caller: ClaimedCaller,
): readonly ConditionAccount[] {
  if (member.kind === 'jwt' && identity.kind === 'jwt')
    return jwtAccounts(member, identity, caller);
  if (member.kind === 'iam' && identity.kind === 'iam')
    return iamAccounts(member, identity, caller);
  const [wanted, found] = [kinds[member.kind], kinds[identity.kind]];
  return [{ condition: 'kind', wanted, found, holds: memberMatches(member, identity) }];
}

const kinds = { jwt: 'JWT', iam: 'AWS principal' } as const;

function jwtAccounts(
  member: JwtMember,
  identity: JwtIdentity,
  caller: ClaimedCaller,
): ConditionAccount[] {
  const { subject, claims, ...bare } = member;
  const ofItsIssuer = { ...identity, issuer: member.issuer };
  const anySubject: JwtMember = { ...bare, subject: { exact: identity.subject }, claims: [] };
  const accounts = [
    {
      condition: 'issuer',
      wanted: member.issuer,
      found: identity.issuer,
      holds: memberMatches(anySubject, identity),
    },
  ];
  const subjects =
    subject === undefined
      ? []
      : [
          {
            condition: 'subject',
            wanted: written(subject),
            found: identity.subject,
            holds: memberMatches({ ...bare, subject, claims: [] }, ofItsIssuer),
          },
        ];
  const claimed = claims.map((one) => claimAccount(bare, one, ofItsIssuer, caller));
  return [...accounts, ...subjects, ...claimed];
}

function claimAccount(
  bare: Omit<JwtMember, 'subject' | 'claims'>,
  claim: JwtMember['claims'][number],
  identity: JwtIdentity,
  caller: ClaimedCaller,
): ConditionAccount {
  const found = identity.claims.get(claim.key);
  return {
    condition: `claims.${claim.key}`,
    wanted: written(claim.match),
    ...(found === undefined ? {} : { found }),
    holds: memberMatches({ ...bare, claims: [claim] }, identity),
    ...(isClaimUnknown(caller, claim.match, found) && { isUnknown: true }),
  };
}

function iamAccounts(
  member: IamMember,
  identity: IamIdentity,
  caller: ClaimedCaller,
): ConditionAccount[] {
  const { account, principal, principalName, uniqueId = identity.uniqueId } = member;
  const perfect: IamIdentity = { kind: 'iam', account, principal, principalName, uniqueId };
  const only = (part: Partial<IamIdentity>) => memberMatches(member, { ...perfect, ...part });
  const own = { principal: identity.principal, principalName: identity.principalName };
  const accounts: ConditionAccount[] = [
    {
      condition: 'account',
      wanted: account,
      found: identity.account,
      holds: only({ account: identity.account }),
    },
    {
      condition: 'principal',
      wanted: `${principal}/${principalName}`,
      found: `${identity.principal}/${identity.principalName}`,
      holds: only(own),
    },
  ];
  if (member.uniqueId === undefined) return accounts;
  if (isIdUnknown(caller)) {
    return [...accounts, { condition: 'id', wanted: uniqueId, holds: false, isUnknown: true }];
  }
  const found = identity.uniqueId;
  const holds = only({ uniqueId: found });
  return [...accounts, { condition: 'id', wanted: uniqueId, found, holds }];
}

const written = (match: Match) => ('exact' in match ? match.exact : `${match.prefix}*`);
