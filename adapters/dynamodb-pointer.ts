import { isRecord } from '../core/registry/guards.ts';
import type { Suspensions } from '../core/registry/store.ts';
import { readSuspensions } from '../core/registry/suspensions.ts';
import { numberIn, type Table, textIn } from './dynamodb-batch-read.ts';
import { DynamodbFault } from './dynamodb-fault.ts';
import { isEdition, keyAttributes, pointerKey } from './dynamodb-layout.ts';

/** What is in force. */
export interface Pointer {
  readonly current: string;
  /** What was in force before, and what a rollback goes back to. */
  readonly previous: string | undefined;
  /** Counts changes of what is in force; the condition of the next one. Suspensions do not count. */
  readonly revision: number;
  readonly movedAt: Date;
  /** Who moved it, as `operator/who-operates.ts` found. For people: nothing is decided by it. */
  readonly movedBy: string;
  /** Why, if that was said. For people, too. */
  readonly movedReason?: string;
  readonly suspensions: Suspensions;
}

/**
 * Reads the pointer, consistently: a suspension that was answered "done" is seen by the next look.
 *
 * @throws DynamodbFault `pointer-absent` where nothing was ever published, or the item was lost; `broken`.
 */
export async function readPointer(table: Table): Promise<Pointer> {
  const pointer = await findPointer(table);
  if (pointer === undefined) throw new DynamodbFault('pointer-absent');
  return pointer;
}

/** {@link readPointer}, for those who may be the first to publish. */
export async function findPointer({ call, table }: Table): Promise<Pointer | undefined> {
  const Key = keyAttributes(pointerKey);
  const answer = await call('GetItem', { TableName: table, Key, ConsistentRead: true });
  if (!isRecord(answer)) throw new DynamodbFault('broken');
  if (answer.Item === undefined) return undefined;
  return pointerOf(isRecord(answer.Item) ? answer.Item : {});
}

function pointerOf(item: Readonly<Record<string, unknown>>): Pointer {
  const current = editionIn(item.current);
  const previous = item.previous === undefined ? undefined : editionIn(item.previous);
  const revision = numberIn(item.revision);
  const movedAt = new Date(textIn(item.movedAt) ?? '');
  if (revision === undefined || Number.isNaN(movedAt.getTime())) throw new DynamodbFault('broken');
  const movedBy = textIn(item.movedBy) ?? '';
  const movedReason = textIn(item.movedReason);
  const suspensions = suspensionsIn(item.suspensions);
  const pointer = { current, previous, revision, movedAt, movedBy, suspensions };
  return movedReason === undefined ? pointer : { ...pointer, movedReason };
}

function editionIn(attribute: unknown): string {
  const edition = textIn(attribute);
  if (edition === undefined || !isEdition(edition)) throw new DynamodbFault('broken');
  return edition;
}

/** A23: without the attribute nothing is known of what is suspended, which is not that nothing is. */
function suspensionsIn(attribute: unknown): Suspensions {
  if (!isRecord(attribute) || !isRecord(attribute.M)) throw new DynamodbFault('broken');
  try {
    return readSuspensions(Object.keys(attribute.M));
  } catch {
    throw new DynamodbFault('broken');
  }
}
