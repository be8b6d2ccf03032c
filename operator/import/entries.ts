import { stringify } from 'yaml';
import { readEndpoint, resourceKinds } from '../../core/registry/endpoint.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { FoundDatabase } from '../drift/account-reader.ts';

/**
 * Registry entries (YAML) for databases that the registry lacks, each with its preferred endpoint and
 * with nobody who may open it: who may is for people to say.
 */
export function registryEntries(
  found: readonly FoundDatabase[],
  { databases }: Pick<RegistryDocument, 'databases'>,
  account: string,
): string {
  const taken = new Set(databases.map(({ name }) => name));
  const entries = found.flatMap((one) => {
    const entry = entryFor(one, account);
    if (entry === undefined) return [];
    const name = freeName(one.identifier, taken);
    taken.add(name);
    return [[name, entry] as const];
  });
  return stringify({ version: 1, databases: Object.fromEntries(entries) }, { lineWidth: 0 });
}

/** Undefined for what is not ready, or has only endpoints for which RDS accepts no token. */
function entryFor(found: FoundDatabase, account: string) {
  const [engine] = found.engines;
  const endpoint = found.endpoints.find(({ host }) => fits(host, found.resourceId));
  if (engine === undefined || endpoint === undefined) return undefined;
  const { dbname, region, resourceId } = found;
  return {
    engine,
    host: endpoint.host,
    port: endpoint.port,
    region,
    account,
    resourceId,
    ...(dbname === undefined ? {} : { dbname }),
    users: {},
  };
}

function fits(host: string, resourceId: string): boolean {
  const endpoint = readEndpoint(host);
  if (endpoint === undefined) return false;
  const kinds: readonly string[] = resourceKinds[endpoint.kind];
  return kinds.some((kind) => resourceId.startsWith(`${kind}-`));
}

/** RDS's identifiers are names of the registry already, but for the second of one name. */
function freeName(identifier: string, taken: ReadonlySet<string>): string {
  const name = identifier.toLowerCase().slice(0, 60);
  let free = name;
  for (let at = 2; taken.has(free); at++) free = `${name}-${at}`;
  return free;
}
