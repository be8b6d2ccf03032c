import type { Counters, Log } from '../core/log.ts';
import type { RegistrySlice, RegistryStore } from '../core/registry/store.ts';
import type { Table } from './dynamodb-batch-read.ts';
import { versionOf } from './dynamodb-layout.ts';
import { nameAt, pageOfDatabases, placeOf } from './dynamodb-listing.ts';
import { type Pointer, readPointer } from './dynamodb-pointer.ts';
import { createRecordReader } from './dynamodb-record-reader.ts';
import type { RecordName } from './dynamodb-records.ts';
import { holdPointer, reportUnreadable, unreadable } from './held-pointer.ts';

export interface DynamodbRegistryDependencies {
  readonly table: Table;
  readonly clock: () => Date;
  readonly log: Log;
  readonly counters: Counters;
  /** Records kept at most, and as many absences: about 1 KB each. */
  readonly maxRecords: number;
}

/**
 * The registry in a DynamoDB table: whatever its size, a decision costs one BatchGetItem, and nothing
 * where the same was asked before. No queries, no scans.
 *
 * Each answer is of one edition and of the suspensions that were read with its name. Where the records
 * of the edition in force cannot be read there is no answer: an older edition may grant what the one in
 * force has taken away.
 */
export function createDynamodbRegistry(deps: DynamodbRegistryDependencies): RegistryStore {
  const pointer = holdPointer({ ...deps, read: () => readPointer(deps.table) });
  const readRecords = createRecordReader(deps);

  const sliceAt = async (held: Pointer, query: SliceQuery): Promise<RegistrySlice> => {
    const { current, suspensions } = held;
    const records = await reporting(deps, current, () => readRecords(current, namesIn(query)));
    return {
      version: versionOf(current),
      members: records.flatMap((record) => (record.kind === 'member' ? record.value : [])),
      database: records.find((record) => record.kind === 'database')?.value,
      suspensions,
    };
  };

  return {
    slice: async (query) => sliceAt(await pointer(), query),

    async listing(query) {
      const held = await pointer();
      const read = (names: readonly RecordName[]) => readRecords(held.current, names);
      const reported = <T>(reading: () => Promise<T>) => reporting(deps, held.current, reading);
      return {
        ...(await sliceAt(held, query)),
        databasesOf: (wanted) => reported(() => pageOfDatabases(read, wanted)),
        placeOf: (grantee, database) => reported(() => placeOf(read, grantee, database)),
        nameAt: (grantee, place) => reported(() => nameAt(read, grantee, place)),
      };
    },

    async issuer(url) {
      const { current, suspensions } = await pointer();
      const names: readonly RecordName[] = [{ kind: 'issuer', name: url }];
      const [record] = await reporting(deps, current, () => readRecords(current, names));
      if (record?.kind !== 'issuer') return { found: false, reason: 'issuer-unknown' };
      return suspensions.has(`issuer/${record.value.name}`)
        ? { found: false, reason: 'issuer-suspended' }
        : { found: true, issuer: record.value };
    },
  };
}

type SliceQuery = Parameters<RegistryStore['slice']>[0];

const namesIn = ({ memberKeys, database }: SliceQuery): readonly RecordName[] => [
  ...memberKeys.map((name) => ({ kind: 'member', name }) as const),
  ...(database === undefined ? [] : [{ kind: 'database', name: database } as const]),
];

/** What cannot be read is reported as such, and reaches nobody as an absence. */
async function reporting<T>(
  deps: DynamodbRegistryDependencies,
  edition: string,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    reportUnreadable(deps, error, edition);
    throw unreadable();
  }
}
