import { readPrincipalArn } from './arn.ts';
import { pinsOf } from './check/pins.ts';
import type { PlacedMember, RegistryDraft } from './draft.ts';
import type { IamMember, JwtMember, Match, Member } from './model.ts';
import { readPattern } from './pattern.ts';
import type { MemberEntry } from './schema.ts';

/** Compiles one member of a checked draft. */
export function compileMember({ team, name, member }: PlacedMember, draft: RegistryDraft): Member {
  const entry = {
    team,
    name,
    ...(member.notAfter === undefined ? {} : { notAfterMs: Date.parse(member.notAfter) }),
  };
  return member.issuer === undefined
    ? { ...entry, ...principalOf(member) }
    : { ...entry, ...callerOf(member, member.issuer, draft) };
}

function callerOf(
  { subject, claims }: MemberEntry,
  issuerName: string,
  draft: RegistryDraft,
): Omit<JwtMember, 'team' | 'name'> {
  const issuer = draft.issuers.get(issuerName);
  if (issuer === undefined) throw new Error('a member of no issuer passed the registry check');
  const conditions = Object.entries(claims ?? {}).map(([key, value]) => ({
    key,
    match: typeof value === 'string' ? textMatch(value) : { exact: value },
  }));
  return {
    kind: 'jwt',
    issuerName,
    issuer: issuer.url,
    ...(subject === undefined ? {} : { subject: textMatch(subject) }),
    claims: conditions.sort(mostTellingFirst(pinsOf(issuer))),
  };
}

function textMatch(text: string): { readonly exact: string } | { readonly prefix: string } {
  const pattern = readPattern(text);
  if (!pattern.valid) throw new Error('an unreadable condition passed the registry check');
  return pattern.match;
}

interface Condition {
  readonly key: string;
  readonly match: Match;
}

/**
 * A member without a subject is filed under its first exact claim (`member-keys.ts`). A pinned id has
 * few members; `environment: production` could have thousands, all read for every caller with it.
 */
function mostTellingFirst(pins: readonly string[]): (one: Condition, other: Condition) => number {
  return (one, other) => {
    const difference = Number(pins.includes(other.key)) - Number(pins.includes(one.key));
    if (difference !== 0) return difference;
    return one.key < other.key ? -1 : 1;
  };
}

function principalOf(member: MemberEntry): Omit<IamMember, 'team' | 'name'> {
  const arn = readPrincipalArn(member.iamRole ?? member.iamUser ?? '');
  if (arn === undefined) throw new Error('an unreadable principal passed the registry check');
  const uniqueId = member.iamRoleId ?? member.iamUserId;
  return {
    kind: 'iam',
    account: arn.account,
    principal: arn.kind,
    principalName: arn.name,
    ...(uniqueId === undefined ? {} : { uniqueId }),
  };
}
