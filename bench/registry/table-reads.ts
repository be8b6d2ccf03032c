import { createDynamodbRegistry } from '../../adapters/dynamodb-registry.ts';
import type { WritableTable } from '../../adapters/writable-table.ts';
import { keyOfMember } from '../../core/registry/member-keys.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { RegistryStore } from '../../core/registry/store.ts';
import { openDatabases } from '../vend/registry-of.ts';

/** How often a new execution environment calls the table. */
export interface TableReads {
  /** For its first vend. */
  readonly first: number;
  /** For the first vend of another database to the same caller. */
  readonly another: number;
  /** For 10,000 vends of what it knows, in the 10 s between two looks at the pointer. */
  readonly warm: number;
}

const warmVends = 10_000;

export async function countTableReads(
  table: WritableTable,
  document: RegistryDocument,
): Promise<TableReads> {
  const { store, callsSince } = countingStore(table);
  const [first, another = first] = openDatabases(document, 2);
  const memberKeys = document.members.slice(0, 1).map(keyOfMember);
  const vend = async (database: string) => {
    const slice = await store.slice({ memberKeys, database });
    if (slice.members.length === 0 || slice.database === undefined) throw new Error('not found');
  };
  await vend(first);
  const forFirst = callsSince();
  await vend(another);
  const forAnother = callsSince();
  for (let done = 0; done < warmVends; done++) await vend(done % 2 === 0 ? first : another);
  return { first: forFirst, another: forAnother, warm: callsSince() };
}

/** A clock that stands still: how long the loop takes is not what is measured. */
function countingStore(table: WritableTable): {
  readonly store: RegistryStore;
  readonly callsSince: () => number;
} {
  let calls = 0;
  const counting: WritableTable = {
    ...table,
    call: (operation, input) => {
      calls += 1;
      return table.call(operation, input);
    },
  };
  const now = new Date();
  const store = createDynamodbRegistry({ ...silent, table: counting, clock: () => now });
  return {
    store,
    callsSince: () => {
      const since = calls;
      calls = 0;
      return since;
    },
  };
}

const nothing = (): void => undefined;

/** What a registry needs besides its table. */
export const silent = {
  log: { info: nothing, warn: nothing, error: nothing },
  counters: { add: nothing },
  maxRecords: 10_000,
};
