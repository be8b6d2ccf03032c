import { membersOf, type PlacedMember, type RegistryDraft } from '../draft.ts';
import { error, type Finding } from '../problem.ts';
import type { MemberEntry } from '../schema.ts';

/** A member is exactly one of three things, and has only the keys of that one. */
export function checkMemberKinds(draft: RegistryDraft): Finding[] {
  return membersOf(draft).flatMap((placed) => [
    ...kindFindings(placed),
    ...strayFindings(placed),
    ...issuerFindings(placed, draft),
  ]);
}

const kinds = ['issuer', 'iamRole', 'iamUser'] as const;

function kindFindings({ path, member }: PlacedMember): Finding[] {
  const given = kinds.filter((kind) => member[kind] !== undefined);
  if (given.length === 1) return [];
  return given.length === 0
    ? [error(path, 'Say who this is: issuer (with subject or claims), iamRole or iamUser.')]
    : [error(path, `Keep one of ${given.join(', ')}; write a member each for the others.`)];
}

const belongsTo = {
  subject: 'issuer',
  claims: 'issuer',
  iamRoleId: 'iamRole',
  iamUserId: 'iamUser',
} as const satisfies Partial<Record<keyof MemberEntry, (typeof kinds)[number]>>;

function strayFindings({ path, member }: PlacedMember): Finding[] {
  const keys = ['subject', 'claims', 'iamRoleId', 'iamUserId'] as const;
  return keys
    .filter((key) => member[key] !== undefined && member[belongsTo[key]] === undefined)
    .map((key) =>
      error([...path, key], `This needs ${belongsTo[key]} beside it; add that, or remove this.`),
    );
}

function issuerFindings({ path, member }: PlacedMember, draft: RegistryDraft): Finding[] {
  const { issuer } = member;
  const isKnown =
    issuer === undefined || draft.issuers.has(issuer) || draft.unreadable.has(`issuers/${issuer}`);
  return isKnown
    ? []
    : [error([...path, 'issuer'], 'There is no issuer of this name; define it under issuers.')];
}
