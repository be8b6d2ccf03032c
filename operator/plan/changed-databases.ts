import type { RegistryDocument } from '../../core/registry/model.ts';
import type { PlacedUser, PlannedRegistry } from './planned-registry.ts';

/** Resource ids of databases that differ. By id and not by name: two databases may open the same data. */
export function changedIds(before: RegistryDocument, after: RegistryDocument): ReadonlySet<string> {
  const old = new Map(before.databases.map((database) => [database.name, database]));
  const now = new Map(after.databases.map((database) => [database.name, database]));
  const ids = new Set<string>();
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const pair = [old.get(name), now.get(name)];
    // Both are compiled, which writes the same content in the same order.
    if (JSON.stringify(pair[0]) === JSON.stringify(pair[1])) continue;
    for (const id of pair.flatMap((database) => database?.resourceIds ?? [])) ids.add(id);
  }
  return ids;
}

/** The same without the databases that have none of the ids. */
export function restricted(registry: PlannedRegistry, ids: ReadonlySet<string>): PlannedRegistry {
  const entries = [...registry.usersByGrantee].map(([grantee, users]): [string, PlacedUser[]] => [
    grantee,
    users.filter(({ database }) => database.resourceIds.some((id) => ids.has(id))),
  ]);
  return { ...registry, usersByGrantee: new Map(entries) };
}
