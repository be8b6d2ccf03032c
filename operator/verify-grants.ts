import { readPrincipalArn } from '../core/registry/arn.ts';
import type { RegistryDocument } from '../core/registry/model.ts';
import type { AccountReader, FoundRole } from './drift/account-reader.ts';
import { isAboutLogin, type StoredStatement, statementsOf } from './drift/policy-document.ts';
import { userArns } from './user-arn.ts';

/** A grant that would end in a refused login, because the role in the account does not have it. */
export interface Lack {
  readonly kind: 'account-unread' | 'role-missing' | 'user-not-allowed';
  readonly role: string;
  readonly message: string;
}

/**
 * Looks whether the roles that are deployed may log in as every user that a registry grants through them.
 * Reads the roles' own policies; permissions boundaries and service control policies may still refuse.
 */
export async function verifyGrants(
  document: RegistryDocument,
  readers: readonly AccountReader[],
): Promise<readonly Lack[]> {
  const readerOf = new Map<string, AccountReader>();
  for (const reader of readers) readerOf.set(await reader.account(), reader);
  const lacks: Lack[] = [];
  for (const [role, users] of grantedThrough(document)) {
    const { account = '', name = '' } = readPrincipalArn(role) ?? {};
    const reader = readerOf.get(account);
    if (reader === undefined) lacks.push(unread(role, account));
    else lacks.push(...lacksOf(role, users, await reader.role(name)));
  }
  return lacks;
}

/** The ARNs of the database users that are granted, by the role they are granted through. */
function grantedThrough({ databases }: RegistryDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const database of databases) {
    for (const { name, grants } of database.users) {
      for (const { roleArn } of grants) {
        const users = found.get(roleArn) ?? new Set();
        for (const arn of userArns(database, name)) users.add(arn);
        found.set(roleArn, users);
      }
    }
  }
  return found;
}

const unread = (role: string, account: string): Lack => ({
  kind: 'account-unread',
  role,
  message: `None of the credentials are of account ${account}.`,
});

function lacksOf(
  role: string,
  users: ReadonlySet<string>,
  found: FoundRole | undefined,
): readonly Lack[] {
  // The name is not all of it: STS assumes by ARN, in which a path counts.
  if (found?.arn !== role)
    return [{ kind: 'role-missing', role, message: 'There is no such role.' }];
  const logins = found.policies.flatMap((one) => statementsOf(one) ?? []).filter(isAboutLogin);
  return [...users]
    .filter((arn) => !isAllowed(logins, arn))
    .map((arn) => ({ kind: 'user-not-allowed', role, message: `It may not log in as ${arn}.` }));
}

/**
 * As IAM evaluates identity policies, but for conditions: an allowance with one counts, and a denial with one
 * does not, such as that of a revocation by `aws:TokenIssueTime`, which is about sessions of before.
 */
function isAllowed(logins: readonly StoredStatement[], arn: string): boolean {
  const about = logins.filter((statement) => isAboutUser(statement, arn));
  const denied = about.some(
    ({ Effect, Condition }) => Effect === 'Deny' && Condition === undefined,
  );
  return !denied && about.some(({ Effect }) => Effect === 'Allow');
}

function isAboutUser({ Resource, NotResource }: StoredStatement, arn: string): boolean {
  if (NotResource !== undefined) return !NotResource.some((pattern) => matches(pattern, arn));
  return Resource?.some((pattern) => matches(pattern, arn)) ?? false;
}

/** IAM knows `*` and `?` in ARNs, and compares them with regard to case. */
function matches(pattern: string, arn: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(arn);
}
