import { readItems, type Table } from './dynamodb-batch-read.ts';
import { DynamodbFault } from './dynamodb-fault.ts';
import type { RecordItem } from './dynamodb-items.ts';
import { recordKey, textOf } from './dynamodb-layout.ts';
import { parseRecord, type RecordName, type RegistryRecord } from './dynamodb-records.ts';
import { recentlyUsed } from './recently-used.ts';

/** The records of an edition with these names, in their order, without those that the edition does not hold. */
export type ReadRecords = (
  edition: string,
  names: readonly RecordName[],
) => Promise<readonly RegistryRecord[]>;

/**
 * Reads records, and keeps them: an edition never changes, so what was read of it, absences included, is
 * good for as long as the edition is in force.
 *
 * Absences have a bound of their own. Whoever invents issuers or databases fills that one, and does not
 * push out what others use.
 *
 * Rejects with `DynamodbFault`, where nothing is kept of what the failed reading found.
 */
export function createRecordReader(deps: {
  readonly table: Table;
  /** Records kept, and absences kept, at most. */
  readonly maxRecords: number;
}): ReadRecords {
  const present = recentlyUsed<RegistryRecord>(deps.maxRecords);
  const absent = recentlyUsed<true>(deps.maxRecords);

  const keep = (id: string, record: RegistryRecord | undefined): void => {
    if (record !== undefined) present.set(id, record);
    else if (id.length <= maxAbsentLength) absent.set(id, true);
  };

  return async (edition, names) => {
    const wanted = names.map((name) => ({ name, id: idOf(edition, name) }));
    const known = new Map(wanted.map(({ id }) => [id, present.get(id)]));
    const unknown = wanted.filter(({ id }) => !known.get(id) && !absent.get(id));
    if (unknown.length > 0) {
      const read = await readAll(
        deps.table,
        edition,
        unknown.map(({ name }) => name),
      );
      for (const [at, { id }] of unknown.entries()) {
        keep(id, read[at]);
        known.set(id, read[at]);
      }
    }
    return wanted.flatMap(({ id }) => known.get(id) ?? []);
  };
}

/**
 * Absences are kept under names that callers choose: the issuer of a JWT that nobody has verified yet can have
 * 6,000 characters. Ours: ten thousand of these are 10 MB; what is longer is looked for each time.
 */
const maxAbsentLength = 1_024;

const idOf = (edition: string, { kind, name }: RecordName): string => `${edition} ${kind} ${name}`;

/** One batch, and another one only for records that were too large for one item. */
async function readAll(
  table: Table,
  edition: string,
  names: readonly RecordName[],
): Promise<(RegistryRecord | undefined)[]> {
  const keyOf = ({ kind, name }: RecordName, part = 0) => recordKey(edition, kind, name, part);
  const firsts = await readItems(
    table,
    names.map((name) => keyOf(name)),
  );
  const records: (RegistryRecord | undefined)[] = [];
  for (const name of names) {
    const first = firsts.get(textOf(keyOf(name)));
    records.push(first && parseRecord(name, await wholeText(table, first, (n) => keyOf(name, n))));
  }
  return records;
}

type KeyOfPart = (part: number) => ReturnType<typeof recordKey>;

/** @throws DynamodbFault `part-missing`: a record is never read without its end. */
async function wholeText(table: Table, first: RecordItem, keyOf: KeyOfPart): Promise<string> {
  const { parts } = first;
  if (parts === undefined || !Number.isSafeInteger(parts)) throw new DynamodbFault('broken');
  const bodies = [first.body];
  for (let from = 1; from < parts; from += partsPerBatch) {
    const keys = Array.from({ length: Math.min(partsPerBatch, parts - from) }, (_, at) =>
      keyOf(from + at),
    );
    const found = await readItems(table, keys);
    for (const key of keys) {
      const part = found.get(textOf(key));
      if (part === undefined) throw new DynamodbFault('part-missing');
      bodies.push(part.body);
    }
  }
  return bodies.join('');
}

/** A part has up to 300 KB, and DynamoDB leaves out of an answer what is beyond 16 MB. */
const partsPerBatch = 50;
