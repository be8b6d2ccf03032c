import { granteeOf } from './grantee.ts';
import { keyOfMember } from './member-keys.ts';
import type { Database, Issuer, Member, RegistryDocument } from './model.ts';
import type {
  DatabaseList,
  IssuerLookup,
  ListQuery,
  RegistryListing,
  RegistrySlice,
  RegistryStore,
  Suspensions,
} from './store.ts';

/** A compiled registry with its look-ups prepared: what one costs does not depend on its size. */
export interface RegistryIndex {
  readonly version: string;
  readonly members: ReadonlyMap<string, readonly Member[]>;
  readonly databases: ReadonlyMap<string, Database>;
  readonly issuers: ReadonlyMap<string, Issuer>;
  /** By team and by `team/member`, the databases that it is granted a user of, in the order of their names. */
  readonly databasesByGrantee: ReadonlyMap<string, readonly Database[]>;
}

export function indexDocument(document: RegistryDocument): RegistryIndex {
  const databases = [...document.databases].sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    version: document.version,
    members: grouped(document.members, (member) => [keyOfMember(member)]),
    databases: new Map(databases.map((database) => [database.name, database])),
    issuers: new Map(document.issuers.map((issuer) => [issuer.url, issuer])),
    databasesByGrantee: grouped(databases, ({ users }) =>
      users.flatMap(({ grants }) => grants.map(granteeOf)),
    ),
  };
}

/** {@link RegistryStore.slice}, from one index. */
export function sliceOf(
  index: RegistryIndex,
  query: Parameters<RegistryStore['slice']>[0],
  suspensions: Suspensions,
): RegistrySlice {
  return {
    version: index.version,
    members: query.memberKeys.flatMap((key) => index.members.get(key) ?? []),
    database: query.database === undefined ? undefined : index.databases.get(query.database),
    suspensions,
  };
}

/** {@link RegistryStore.issuer}, from one index. */
export function issuerOf(
  index: RegistryIndex,
  url: string,
  suspensions: Suspensions,
): IssuerLookup {
  const issuer = index.issuers.get(url);
  if (issuer === undefined) return { found: false, reason: 'issuer-unknown' };
  return suspensions.has(`issuer/${issuer.name}`)
    ? { found: false, reason: 'issuer-suspended' }
    : { found: true, issuer };
}

/** {@link RegistryStore.listing}, from one index. */
export function listingOf(
  index: RegistryIndex,
  query: Parameters<RegistryStore['listing']>[0],
  suspensions: Suspensions,
): RegistryListing {
  const listOf = (grantee: string) => index.databasesByGrantee.get(grantee) ?? [];
  return {
    ...sliceOf(index, query, suspensions),
    databasesOf: async (wanted) => databasesOf(index, wanted),
    placeOf: async (grantee, database) => firstAfter(listOf(grantee), database) - 1,
    nameAt: async (grantee, place) => listOf(grantee)[place]?.name,
  };
}

/** {@link RegistryListing.databasesOf}, from one index. */
export function databasesOf(
  index: RegistryIndex,
  { grantees, after, limit }: ListQuery,
): DatabaseList {
  const found = new Map<string, Database>();
  for (const grantee of grantees) {
    const own = index.databasesByGrantee.get(grantee) ?? [];
    const from = after === undefined ? 0 : firstAfter(own, after);
    // One more than asked for, of every grantee, is enough to know the page and whether it is the last.
    for (const database of own.slice(from, from + limit + 1)) found.set(database.name, database);
  }
  const sorted = [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { databases: sorted.slice(0, limit), more: sorted.length > limit };
}

/** The first position whose name comes after `name`; the list is in order. */
function firstAfter(databases: readonly Database[], name: string): number {
  let [low, high] = [0, databases.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((databases[middle]?.name ?? '') <= name) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grouped<T>(
  values: readonly T[],
  keysOf: (value: T) => readonly string[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    for (const key of new Set(keysOf(value))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [value]);
      else group.push(value);
    }
  }
  return groups;
}
