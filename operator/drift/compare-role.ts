import { canonicalJson } from '../../core/registry/content-version.ts';
import { remedyFor } from '../roles/ignored-conditions.ts';
import type { TeamRole } from '../roles/team-roles.ts';
import type { FoundRole } from './account-reader.ts';
import type { Difference, DifferenceKind } from './difference.ts';
import { isAboutLogin, type StoredStatement, statementsOf } from './policy-document.ts';

/** What differs between a role as the registry needs it and as it is. */
export function compareRole(wanted: TeamRole, found: FoundRole | undefined): readonly Difference[] {
  const of = `role ${wanted.name}`;
  const error = (kind: DifferenceKind, message: string): Difference => ({
    kind,
    severity: 'error',
    of,
    message,
  });
  if (found === undefined) {
    return [error('role-missing', `Account ${wanted.account} has no such role; see \`roles\`.`)];
  }
  const trust = normal(wanted.trust) === normal(found.trust);
  const boundary: Difference = {
    kind: 'boundary',
    severity: 'warning',
    of,
    message: 'It has a permissions boundary, which must allow rds-db:connect as well.',
  };
  return [
    ...(trust
      ? []
      : [error('trust-differs', 'Its trust policy is not the one that `roles` writes.')]),
    ...compareUsers(wanted, found).map(({ kind, message }) => error(kind, message)),
    ...(found.hasBoundary ? [boundary] : []),
  ];
}

interface Finding {
  readonly kind: DifferenceKind;
  readonly message: string;
}

function compareUsers(wanted: TeamRole, found: FoundRole): readonly Finding[] {
  const granted = new Set(
    wanted.policies.flatMap(({ Statement: [statement] }) => statement.Resource),
  );
  const statements = found.policies.map(statementsOf);
  const logins = statements.flatMap((some) => some ?? []).filter(isAboutLogin);
  const allowed = new Set(
    logins.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Resource }) => Resource ?? []),
  );
  const lacking = [...granted].filter((arn) => !allowed.has(arn));
  const excess = [...allowed].filter((arn) => !granted.has(arn));
  return [
    ...lacking.map((arn) => ({ kind: 'user-not-allowed' as const, message: `It lacks ${arn}.` })),
    ...excess.map((arn) => ({
      kind: 'user-not-granted' as const,
      message: `It allows ${arn}, which the registry does not grant.`,
    })),
    ...(statements.includes(undefined) ? [unclear('one of its policies cannot be read')] : []),
    ...logins.flatMap(oddities),
  ];
}

const unclear = (why: string): Finding => ({
  kind: 'policy-unclear',
  message: `What it allows cannot be told: ${why}.`,
});

function oddities(statement: StoredStatement): readonly Finding[] {
  const keys = Object.values(statement.Condition ?? {}).flatMap((keyed) => Object.keys(keyed));
  return [
    ...(statement.Effect === 'Deny' ? [unclear('a statement denies rds-db:connect')] : []),
    ...(statement.NotResource === undefined ? [] : [unclear('a statement has NotResource')]),
    ...keys.flatMap((key) => {
      const remedy = remedyFor(key);
      const message = `RDS ignores its condition on ${key}. ${remedy}`;
      return remedy === undefined ? [] : [{ kind: 'condition-ignored' as const, message }];
    }),
  ];
}

/**
 * A document in one of the ways in which it can be written: IAM keeps a list of one as it was given,
 * and statement ids say nothing.
 */
function normal(document: unknown): string {
  return canonicalJson(normalPart(document));
}

function normalPart(part: unknown): unknown {
  if (Array.isArray(part)) {
    const elements = part.map(normalPart);
    if (elements.length === 1) return elements[0];
    return elements.map((one) => canonicalJson(one)).sort();
  }
  if (typeof part !== 'object' || part === null) return part;
  const kept = Object.entries(part).filter(([key]) => key !== 'Sid');
  return Object.fromEntries(kept.map(([key, value]) => [key, normalPart(value)]));
}
