import type { Database } from '../../core/registry/model.ts';
import { versionProblem } from '../sql/engine-version.ts';
import type { FoundDatabase } from './account-reader.ts';
import type { Difference, DifferenceKind } from './difference.ts';

/** What differs between the registry's databases of an account and those that are there. */
export function compareDatabases(
  registered: readonly Database[],
  found: readonly FoundDatabase[],
): readonly Difference[] {
  const byId = new Map(found.map((one) => [keyOf(one.region, one.resourceId), one]));
  return [
    ...registered.flatMap((database) => compareOne(database, byId)),
    ...unregistered(registered, found).map((one) =>
      difference(
        'unregistered',
        'warning',
        `${one.kind} ${one.identifier}`,
      )(
        `IAM authentication is on in ${one.region}, and the registry has no entry for ${one.resourceId}.`,
      ),
    ),
  ];
}

/** Databases with IAM authentication whose resource id is in no entry. */
export function unregistered(
  registered: readonly Database[],
  found: readonly FoundDatabase[],
): readonly FoundDatabase[] {
  const known = new Set(
    registered.flatMap(({ region, resourceIds }) => resourceIds.map((id) => keyOf(region, id))),
  );
  return found.filter(
    (one) => one.iamAuthentication && !known.has(keyOf(one.region, one.resourceId)),
  );
}

const keyOf = (region: string, resourceId: string): string => `${region}/${resourceId}`;

function compareOne(database: Database, byId: ReadonlyMap<string, FoundDatabase>): Difference[] {
  const { name, region, resourceIds } = database;
  const present = resourceIds.map((id) => ({ id, found: byId.get(keyOf(region, id)) }));
  const missing = present.filter(({ found }) => found === undefined);
  // During a switch-over one of two may be gone, or not be there yet.
  const severity = missing.length === present.length ? 'error' : 'warning';
  const of = `database ${name}`;
  return [
    ...missing.map(({ id }) =>
      difference('database-missing', severity, of)(`There is no ${id} in ${region}.`),
    ),
    ...endpointDifferences(
      database,
      present.flatMap(({ found }) => found ?? []),
    ),
    ...present.flatMap(({ found }) => (found === undefined ? [] : settings(database, found))),
  ];
}

function endpointDifferences(database: Database, found: readonly FoundDatabase[]): Difference[] {
  if (found.length === 0) return [];
  const of = `database ${database.name}`;
  const endpoints = found.flatMap((one) => one.endpoints);
  const endpoint = endpoints.find(({ host }) => host === database.host);
  if (endpoint === undefined) {
    const hosts = endpoints.map(({ host }) => host).join(', ');
    const message = `${database.host} is none of its endpoints (${hosts}); tokens for it are refused.`;
    return [difference('endpoint-differs', 'error', of)(message)];
  }
  return endpoint.port === database.port
    ? []
    : [
        difference(
          'port-differs',
          'error',
          of,
        )(`It listens on port ${endpoint.port}, not ${database.port}.`),
      ];
}

/** CAs whose roots the bundles hold (RDS User Guide, "Certificate authorities"). */
const knownCas = ['rds-ca-rsa2048-g1', 'rds-ca-rsa4096-g1', 'rds-ca-ecc384-g1'];

function settings({ name, engine }: Database, found: FoundDatabase): Difference[] {
  const of = `database ${name}`;
  const version =
    found.engineVersion === undefined ? undefined : versionProblem(engine, found.engineVersion);
  const unknownCas = found.caIdentifiers.filter((ca) => !knownCas.includes(ca));
  const all: readonly (readonly [boolean, Difference])[] = [
    [
      !found.iamAuthentication,
      difference(
        'iam-authentication-off',
        'error',
        of,
      )(`IAM authentication is off for ${found.identifier}; every token is refused.`),
    ],
    [
      !found.engines.includes(engine),
      difference(
        'engine-differs',
        'error',
        of,
      )(`It is ${found.engines.join(' or ')}, not ${engine}.`),
    ],
    [version !== undefined, difference('version-unsupported', 'error', of)(version ?? '')],
    [
      unknownCas.length > 0,
      difference(
        'ca-unknown',
        'warning',
        of,
      )(
        `Its CA ${unknownCas.join(', ')} is not in the bundle, unless it is your own; clients refuse it.`,
      ),
    ],
    [
      found.kerberos && engine === 'postgres',
      difference(
        'kerberos',
        'warning',
        of,
      )('It is in a directory: a user has either rds_iam or Kerberos, not both.'),
    ],
    [
      found.logsRefusals === false,
      difference(
        'refusals-not-logged',
        'warning',
        of,
      )('iam-db-auth-error is not exported: nothing says why a login is refused.'),
    ],
  ];
  return all.filter(([differs]) => differs).map(([, one]) => one);
}

const difference =
  (kind: DifferenceKind, severity: Difference['severity'], of: string) =>
  (message: string): Difference => ({ kind, severity, of, message });
