import type { IamIdentity, Identity, JwtIdentity } from '../../core/identity.ts';
import type { ClaimValue, IamMember, JwtMember, Match, Member } from '../../core/registry/model.ts';
import { memberMatches } from '../../core/trust-rule.ts';

/** One condition of a member, and whether it holds for the caller. */
export interface ConditionAccount {
  /** `issuer`, `subject`, `claims.<name>`; `account`, `principal`, `id`; or `kind`. */
  readonly condition: string;
  /** As the registry writes it: a pattern ends in `*`. */
  readonly wanted: ClaimValue;
  /** What the caller has; absent where it has no such thing that a rule can read. */
  readonly found?: ClaimValue;
  readonly holds: boolean;
}

/**
 * Every condition of a member, each put to `memberMatches` alone: a member reduced to the one
 * condition, or a caller who is right in everything else. So no second evaluator exists that could
 * come to another answer than the one that vends.
 */
export function accountFor(member: Member, identity: Identity): readonly ConditionAccount[] {
  if (member.kind === 'jwt' && identity.kind === 'jwt') return jwtAccounts(member, identity);
  if (member.kind === 'iam' && identity.kind === 'iam') return iamAccounts(member, identity);
  const [wanted, found] = [kinds[member.kind], kinds[identity.kind]];
  return [{ condition: 'kind', wanted, found, holds: memberMatches(member, identity) }];
}

const kinds = { jwt: 'JWT', iam: 'AWS principal' } as const;

function jwtAccounts(member: JwtMember, identity: JwtIdentity): ConditionAccount[] {
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
  return [...accounts, ...subjects, ...claims.map((one) => claimAccount(bare, one, ofItsIssuer))];
}

function claimAccount(
  bare: Omit<JwtMember, 'subject' | 'claims'>,
  claim: JwtMember['claims'][number],
  identity: JwtIdentity,
): ConditionAccount {
  const found = identity.claims.get(claim.key);
  return {
    condition: `claims.${claim.key}`,
    wanted: written(claim.match),
    ...(found === undefined ? {} : { found }),
    holds: memberMatches({ ...bare, claims: [claim] }, identity),
  };
}

function iamAccounts(member: IamMember, caller: IamIdentity): ConditionAccount[] {
  const { account, principal, principalName, uniqueId = caller.uniqueId } = member;
  const perfect: IamIdentity = { kind: 'iam', account, principal, principalName, uniqueId };
  const only = (part: Partial<IamIdentity>) => memberMatches(member, { ...perfect, ...part });
  const own = { principal: caller.principal, principalName: caller.principalName };
  const accounts: ConditionAccount[] = [
    {
      condition: 'account',
      wanted: account,
      found: caller.account,
      holds: only({ account: caller.account }),
    },
    {
      condition: 'principal',
      wanted: `${principal}/${principalName}`,
      found: `${caller.principal}/${caller.principalName}`,
      holds: only(own),
    },
  ];
  if (member.uniqueId === undefined) return accounts;
  const holds = only({ uniqueId: caller.uniqueId });
  return [...accounts, { condition: 'id', wanted: uniqueId, found: caller.uniqueId, holds }];
}

const written = (match: Match) => ('exact' in match ? match.exact : `${match.prefix}*`);
