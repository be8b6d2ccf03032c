import type { Database } from '../../core/registry/model.ts';
import type { FoundDatabase } from './account-reader.ts';
import { settingDifferences } from './database-settings.ts';
import type { Difference } from './difference.ts';

/** What differs between the registry's databases of an account and those that are there. */
export function compareDatabases(
  registered: readonly Database[],
  found: readonly FoundDatabase[],
): readonly Difference[] {
  const byId = new Map(found.map((one) => [keyOf(one.region, one.resourceId), one]));
  return [
    ...registered.flatMap((database) => compareOne(database, byId)),
    ...unregistered(registered, found).map(unknownDatabase),
  ];
}

const unknownDatabase = ({ kind, identifier, region, resourceId }: FoundDatabase): Difference => ({
  kind: 'unregistered',
  severity: 'warning',
  of: `${kind} ${identifier}`,
  message: `IAM authentication is on in ${region}, and the registry has no entry for ${resourceId}.`,
});

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
  const missing = resourceIds.filter((id) => !byId.has(keyOf(region, id)));
  const found = resourceIds.flatMap((id) => byId.get(keyOf(region, id)) ?? []);
  // During a switch-over one of two may be gone, or not be there yet.
  const severity = found.length === 0 ? 'error' : 'warning';
  return [
    ...missing.map((id): Difference => {
      const message = `There is no ${id} in ${region}.`;
      return { kind: 'database-missing', severity, of: `database ${name}`, message };
    }),
    ...(found.length === 0 ? [] : endpointDifferences(database, found)),
    ...found.flatMap((one) => settingDifferences(database, one)),
  ];
}

function endpointDifferences(
  { name, host, port }: Database,
  found: readonly FoundDatabase[],
): Difference[] {
  const endpoints = found.flatMap((one) => one.endpoints);
  const endpoint = endpoints.find((one) => one.host === host);
  const error = { severity: 'error', of: `database ${name}` } as const;
  if (endpoint === undefined) {
    const hosts = endpoints.map((one) => one.host).join(', ');
    const message = `${host} is none of its endpoints (${hosts}); tokens for it are refused.`;
    return [{ kind: 'endpoint-differs', ...error, message }];
  }
  const message = `It listens on port ${endpoint.port}, not ${port}.`;
  return endpoint.port === port ? [] : [{ kind: 'port-differs', ...error, message }];
}
