import { readEdition, writeItems } from '../adapters/dynamodb-edition-items.ts';
import { addEdition, finishEdition, listEditions } from '../adapters/dynamodb-editions.ts';
import { itemsOf, type RecordItem } from '../adapters/dynamodb-items.ts';
import { editionOf, isEdition, versionOf } from '../adapters/dynamodb-layout.ts';
import { findPointer } from '../adapters/dynamodb-pointer.ts';
import { movePointer } from '../adapters/dynamodb-pointer-moves.ts';
import { digestOf, digestsOf, type ItemDigests } from '../adapters/item-digests.ts';
import type { WritableTable } from '../adapters/writable-table.ts';
import type { RegistryDocument } from '../core/registry/model.ts';
import { noProgress, type Progress } from '../core/registry/progress.ts';
import { OperatorError } from './operator-error.ts';
import { signatureOf } from './signature.ts';

/** What the operators' verbs work with. */
export interface OperatorDependencies {
  readonly table: WritableTable;
  readonly clock: () => Date;
  /** 12 hex digits, another each time. */
  readonly ids: () => string;
  /** Who is at work, for the record. */
  readonly by: string;
  /** Why, for the record, too; `signature.ts` checks it. */
  readonly reason?: string;
}

export interface Published {
  readonly version: string;
  /** Items written now: all of them, fewer after an interruption, none where the version was there. */
  readonly written: number;
  readonly items: number;
  /** Whether what is in force has changed. */
  readonly moved: boolean;
  /** Nothing was in force before, so nothing is suspended either: not even what a lost pointer held. */
  readonly first: boolean;
}

/**
 * Puts a registry in force: writes all of a new edition, reads it back whole, and only then moves the
 * pointer. Whenever it is interrupted, what was in force stays so, and the next run takes up the work.
 *
 * @throws OperatorError `input-invalid` for a version that cannot be a name in the table, and
 *   `table-unsound` where what was read back is not what was written; DynamodbFault, of which `conflict`
 *   says that somebody else published or rolled back meanwhile.
 */
export async function publishRegistry(
  document: RegistryDocument,
  deps: OperatorDependencies,
  progress: Progress = noProgress,
): Promise<Published> {
  const { table } = deps;
  // Read before anything else: whatever changes it from here on makes the move at the end fail.
  const pointer = await findPointer(table);
  const expected = digestsOf(itemsOf(document, ''));
  const edition = await openEdition(document, expected, deps, pointer?.current);
  const written = await writeMissing(document, edition, expected, deps, progress);
  const first = pointer === undefined;
  const published = { version: document.version, written, items: expected.size, first };
  await finishEdition(table, edition, signatureOf(deps));
  if (pointer?.current === edition) return { ...published, moved: false };
  await movePointer(table, pointer, edition, signatureOf(deps));
  return { ...published, moved: true };
}

/** The edition to write: one of the same content that was begun or finished before, or a new one. */
async function openEdition(
  { version }: RegistryDocument,
  expected: ItemDigests,
  { table, clock, ids, by }: OperatorDependencies,
  current: string | undefined,
): Promise<string> {
  const digest = digestOf(expected);
  const same = (await listEditions(table)).filter(
    (one) => versionOf(one.edition) === version && one.digest === digest && one.state !== 'pruning',
  );
  const known = same.find(({ edition }) => edition === current) ?? same[0];
  if (known !== undefined) return known.edition;
  const edition = editionOf(version, ids());
  if (!isEdition(edition)) {
    throw new OperatorError('input-invalid', 'The version of this registry cannot be published.');
  }
  const begun = { edition, state: 'writing', items: expected.size, digest } as const;
  await addEdition(table, { ...begun, begunAt: clock(), by });
  return edition;
}

/** Writes what is not there yet, then looks whether all of it is, and nothing else. */
async function writeMissing(
  document: RegistryDocument,
  edition: string,
  expected: ItemDigests,
  { table }: OperatorDependencies,
  progress: Progress,
): Promise<number> {
  progress.step('looking for what is there already');
  const stored = await readEdition(table, edition);
  let written = 0;
  await writeItems(table, missing(itemsOf(document, edition), expected, stored), (count) => {
    written += count;
    progress.count(written, expected.size, 'items written');
  });
  progress.step('reading back what the table holds');
  const now = written === 0 ? stored : await readEdition(table, edition);
  if (digestOf(now) !== digestOf(expected)) throw unsound();
  return written;
}

function* missing(items: Iterable<RecordItem>, expected: ItemDigests, stored: ItemDigests) {
  for (const item of items) {
    if (stored.get(item.sk) !== expected.get(item.sk)) yield item;
  }
}

/** What was read back is not what belongs there. */
export const unsound = (): OperatorError =>
  new OperatorError(
    'table-unsound',
    'What the table holds of this version is not what was published. What is in force has not changed.',
  );
