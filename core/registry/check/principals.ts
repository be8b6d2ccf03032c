import { readPrincipalArn } from '../arn.ts';
import { membersOf, type PlacedMember, type RegistryDraft } from '../draft.ts';
import { error, type Finding } from '../problem.ts';

/**
 * IAM callers are a role or a user by name. A12: never root, never a federated user, never a session,
 * whose name the caller chooses.
 */
export function checkPrincipals(draft: RegistryDraft): Finding[] {
  return membersOf(draft).flatMap((placed) => [
    ...arnFindings(placed, 'iamRole'),
    ...arnFindings(placed, 'iamUser'),
    ...idFindings(placed, 'iamRoleId', 'AROA'),
    ...idFindings(placed, 'iamUserId', 'AIDA'),
  ]);
}

function arnFindings({ path, member }: PlacedMember, key: 'iamRole' | 'iamUser'): Finding[] {
  const text = member[key];
  if (text === undefined) return [];
  const kind = key === 'iamRole' ? 'role' : 'user';
  return readPrincipalArn(text)?.kind === kind ? [] : [error([...path, key], sentence(text, kind))];
}

function sentence(text: string, kind: 'role' | 'user'): string {
  if (/:root$/.test(text)) return 'The root user is not accepted; create a role for this caller.';
  if (/:federated-user\//.test(text)) {
    return 'Federated users are not accepted; create a role for this caller.';
  }
  if (/:assumed-role\//.test(text)) {
    return "Give the role's own ARN (arn:aws:iam::…:role/…), not that of a session.";
  }
  return `Give the full ARN of one IAM ${kind}: arn:aws:iam::111122223333:${kind}/name.`;
}

function idFindings(
  { path, member }: PlacedMember,
  key: 'iamRoleId' | 'iamUserId',
  prefix: string,
): Finding[] {
  const id = member[key];
  // IAM: unique ids have 16 to 128 characters and start with the kind of thing they name.
  return id === undefined || new RegExp(`^${prefix}[A-Z0-9]{12,124}$`).test(id)
    ? []
    : [error([...path, key], `Give the unique id that IAM shows, which starts with ${prefix}.`)];
}
