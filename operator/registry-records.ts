import { storedRecords } from '../adapters/dynamodb-edition-query.ts';
import { readPointer } from '../adapters/dynamodb-pointer.ts';
import type { WritableTable } from '../adapters/writable-table.ts';
import type { Database, Issuer, Member, RegistryDocument } from '../core/registry/model.ts';

/** A registry by kinds, to be read one by one: a table's may be larger than anybody wants in memory. */
export interface RegistryRecords {
  readonly issuers: () => AsyncIterable<Issuer> | Iterable<Issuer>;
  readonly members: () => AsyncIterable<Member> | Iterable<Member>;
  readonly databases: () => AsyncIterable<Database> | Iterable<Database>;
}

/** The version that is in force at this moment. @throws DynamodbFault, also while it is read. */
export async function recordsInForce(table: WritableTable): Promise<RegistryRecords> {
  const { current } = await readPointer(table);
  return recordsOfEdition(table, current);
}

/** A version that the table holds. Reading them throws DynamodbFault. */
export const recordsOfEdition = (table: WritableTable, edition: string): RegistryRecords => ({
  issuers: () => valuesOf(storedRecords(table, edition, 'issuer')),
  members: () => each(valuesOf(storedRecords(table, edition, 'member'))),
  databases: () => valuesOf(storedRecords(table, edition, 'database')),
});

/** A version that was read from files, for when there is no table, or none that answers. */
export const recordsOf = ({ issuers, members, databases }: RegistryDocument): RegistryRecords => ({
  issuers: () => issuers,
  members: () => members,
  databases: () => databases,
});

async function* valuesOf<T>(records: AsyncIterable<{ readonly value: T }>) {
  for await (const { value } of records) yield value;
}

async function* each<T>(lists: AsyncIterable<readonly T[]>) {
  for await (const list of lists) yield* list;
}
