import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Suspensions } from '../core/registry/store.ts';
import { readSuspensions } from '../core/registry/suspensions.ts';
import type { Table } from './dynamodb-batch-read.ts';
import { calling, DynamodbFault } from './dynamodb-fault.ts';
import { isEdition, keyAttributes, pointerKey } from './dynamodb-layout.ts';

/** What is in force. */
export interface Pointer {
  readonly current: string;
  /** What was in force before, and what a rollback goes back to. */
  readonly previous: string | undefined;
  /** Counts changes of what is in force; the condition of the next one. Suspensions do not count. */
  readonly revision: number;
  readonly movedAt: Date;
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
export async function findPointer({ client, table }: Table): Promise<Pointer | undefined> {
  const { Item } = await calling(() =>
    client.send(
      new GetItemCommand({
        TableName: table,
        Key: keyAttributes(pointerKey),
        ConsistentRead: true,
      }),
    ),
  );
  return Item === undefined ? undefined : pointerOf(Item);
}

function pointerOf(item: Record<string, AttributeValue>): Pointer {
  const current = item.current?.S;
  const previous = item.previous?.S;
  const revision = Number(item.revision?.N);
  const movedAt = new Date(item.movedAt?.S ?? '');
  const entries = item.suspensions?.M;
  if (
    current === undefined ||
    !isEdition(current) ||
    (item.previous !== undefined && (previous === undefined || !isEdition(previous))) ||
    !Number.isSafeInteger(revision) ||
    Number.isNaN(movedAt.getTime()) ||
    entries === undefined
  ) {
    throw new DynamodbFault('broken');
  }
  return { current, previous, revision, movedAt, suspensions: suspensionsIn(entries) };
}

function suspensionsIn(entries: Record<string, AttributeValue>): Suspensions {
  try {
    return readSuspensions(Object.keys(entries));
  } catch {
    throw new DynamodbFault('broken');
  }
}
