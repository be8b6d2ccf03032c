import type { Database, RegistryDocument } from '../../core/registry/model.ts';

/** Names that requests may no longer use, whatever is still permitted under others. */
export interface NameChanges {
  /** The same endpoint under another name. */
  readonly renamed: readonly { readonly before: string; readonly after: string }[];
  /** Names that stand for nothing any more. */
  readonly removed: readonly string[];
}

/**
 * Databases that are called something else, or nothing. Access is compared by ARN, in which no name of the
 * registry stands: but clients ask by name, and suspensions go by name.
 */
export function nameChanges(before: RegistryDocument, after: RegistryDocument): NameChanges {
  const gone = missingFrom(after, before);
  const newcomers = byEndpoint(missingFrom(before, after));
  const renamed: { before: string; after: string }[] = [];
  const removed: string[] = [];
  for (const database of gone) {
    const successor = newcomers.get(endpointOf(database))?.shift();
    if (successor === undefined) removed.push(database.name);
    else renamed.push({ before: database.name, after: successor.name });
  }
  return { renamed, removed };
}

/** The databases of `one` whose names `other` does not have. */
function missingFrom(other: RegistryDocument, one: RegistryDocument): Database[] {
  const names = new Set(other.databases.map(({ name }) => name));
  return one.databases.filter(({ name }) => !names.has(name));
}

function byEndpoint(databases: readonly Database[]): ReadonlyMap<string, Database[]> {
  const found = new Map<string, Database[]>();
  for (const database of databases) {
    const others = found.get(endpointOf(database));
    if (others === undefined) found.set(endpointOf(database), [database]);
    else others.push(database);
  }
  return found;
}

/** What makes two entries the same database to whoever connects. */
const endpointOf = ({ host, port, resourceIds }: Database): string =>
  [host, port, ...resourceIds].join(' ');
