import type { DatabaseList, ListQuery } from '../core/registry/store.ts';
import { DynamodbFault } from './dynamodb-fault.ts';
import { namesPerPage, pageName } from './dynamodb-items.ts';
import type { RecordName, RegistryRecord } from './dynamodb-records.ts';

type Read = (names: readonly RecordName[]) => Promise<readonly RegistryRecord[]>;

/**
 * {@link RegistryListing.databasesOf}, from the pages of names that each grantee has: three batches, whatever
 * the number of databases, unless a grantee's share of the answer lies on two pages.
 *
 * @throws DynamodbFault `broken` where a page or a database is missing that another record names.
 */
export async function pageOfDatabases(
  read: Read,
  { grantees, after, limit }: ListQuery,
): Promise<DatabaseList> {
  const directories = await read(grantees.map((name): RecordName => ({ kind: 'grantee', name })));
  const lists = await Promise.all(
    directories.map(({ kind, name, value }) =>
      kind === 'grantee' ? namesAfter(read, name, value, after ?? '', limit + 1) : [],
    ),
  );
  const names = [...new Set(lists.flat())].sort();
  const page = names.slice(0, limit);
  const records = await readWhole(
    read,
    page.map((name) => ({ kind: 'database', name })),
  );
  const databases = records.flatMap((one) => (one.kind === 'database' ? [one.value] : []));
  return { databases, more: names.length > limit };
}

/**
 * {@link RegistryListing.placeOf}: the directory and one page.
 *
 * @throws DynamodbFault `broken` where either does not name the database.
 */
export async function placeOf(read: Read, grantee: string, database: string): Promise<number> {
  const [directory] = await readWhole(read, [{ kind: 'grantee', name: grantee }]);
  const firstNames = directory?.kind === 'grantee' ? directory.value : [];
  const page = firstNames.findLastIndex((first) => first <= database);
  const [names] = await readWhole(read, [{ kind: 'page', name: pageName(grantee, page) }]);
  const at = names?.kind === 'page' ? names.value.indexOf(database) : -1;
  if (at === -1) throw new DynamodbFault('broken');
  return page * namesPerPage + at;
}

/** {@link RegistryListing.nameAt}: one page. Callers make places up, so that one that is missing is no fault. */
export async function nameAt(
  read: Read,
  grantee: string,
  place: number,
): Promise<string | undefined> {
  const page = Math.floor(place / namesPerPage);
  const [names] = await read([{ kind: 'page', name: pageName(grantee, page) }]);
  return names?.kind === 'page' ? names.value[place % namesPerPage] : undefined;
}

/** At most `count` names of a grantee that come after `after`, in order. */
async function namesAfter(
  read: Read,
  grantee: string,
  firstNames: readonly string[],
  after: string,
  count: number,
): Promise<readonly string[]> {
  const names: string[] = [];
  let page = Math.max(
    0,
    firstNames.findLastIndex((first) => first <= after),
  );
  for (; page < firstNames.length && names.length < count; page++) {
    const [record] = await readWhole(read, [{ kind: 'page', name: pageName(grantee, page) }]);
    if (record?.kind === 'page') names.push(...record.value.filter((name) => name > after));
  }
  return names.slice(0, count);
}

/** Reads what must be there: a record that another one names. */
async function readWhole(
  read: Read,
  names: readonly RecordName[],
): Promise<readonly RegistryRecord[]> {
  const records = names.length === 0 ? [] : await read(names);
  if (records.length < names.length) throw new DynamodbFault('broken');
  return records;
}
