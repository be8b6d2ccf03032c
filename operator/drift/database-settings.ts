import type { Database } from '../../core/registry/model.ts';
import { versionProblem } from '../sql/engine-version.ts';
import type { FoundDatabase } from './account-reader.ts';
import type { Difference, DifferenceKind } from './difference.ts';

/** What of a database's settings keeps tokens from working, or clients from verifying it. */
export function settingDifferences(
  database: Database,
  found: FoundDatabase,
): readonly Difference[] {
  return checks.flatMap(({ kind, severity, problem }) => {
    const message = problem(found, database);
    return message === undefined
      ? []
      : [{ kind, severity, of: `database ${database.name}`, message }];
  });
}

interface Check {
  readonly kind: DifferenceKind;
  readonly severity: Difference['severity'];
  /** A sentence where something is wrong. */
  readonly problem: (found: FoundDatabase, database: Database) => string | undefined;
}

/** CAs whose roots the bundles hold (RDS User Guide, "Certificate authorities"). */
const knownCas = ['rds-ca-rsa2048-g1', 'rds-ca-rsa4096-g1', 'rds-ca-ecc384-g1'];

const checks: readonly Check[] = [
  {
    kind: 'iam-authentication-off',
    severity: 'error',
    problem: ({ iamAuthentication, identifier }) =>
      iamAuthentication
        ? undefined
        : `IAM authentication is off for ${identifier}; every token is refused.`,
  },
  {
    kind: 'engine-differs',
    severity: 'error',
    problem: ({ engines }, { engine }) =>
      engines.includes(engine) ? undefined : `It is ${engines.join(' or ')}, not ${engine}.`,
  },
  {
    kind: 'version-unsupported',
    severity: 'error',
    problem: ({ engineVersion }, { engine }) =>
      engineVersion === undefined ? undefined : versionProblem(engine, engineVersion),
  },
  {
    kind: 'ca-unknown',
    severity: 'warning',
    problem: ({ caIdentifiers }) => {
      const unknown = caIdentifiers.filter((ca) => !knownCas.includes(ca));
      const which = unknown.join(', ');
      return which === '' ? undefined : `Its CA ${which} is not in the bundle: clients refuse it.`;
    },
  },
  {
    kind: 'kerberos',
    severity: 'warning',
    problem: ({ kerberos }, { engine }) =>
      kerberos && engine === 'postgres'
        ? 'It is in a directory: a user has either rds_iam or Kerberos, not both.'
        : undefined,
  },
  {
    kind: 'refusals-not-logged',
    severity: 'warning',
    problem: ({ logsRefusals }) =>
      logsRefusals === false
        ? 'iam-db-auth-error is not exported: nothing says why a login is refused.'
        : undefined,
  },
];
