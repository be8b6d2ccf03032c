import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { calling, DynamodbFault } from './dynamodb-fault.ts';
import type { RecordItem } from './dynamodb-items.ts';
import { type ItemKey, keyAttributes, textOf } from './dynamodb-layout.ts';

/** A table, and how to reach it. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Waits; tests do not. */
  readonly pause: (ms: number) => Promise<void>;
}

/** DynamoDB's limit on the keys of one BatchGetItem; it also refuses a key that stands twice. */
const maxKeys = 100;

/** Before what DynamoDB left out is asked for again. Ours: its throttling is counted by the second. */
const pauseMs = 50;

/**
 * Reads the items that exist under these keys, by the text of their key. A key that is not in the answer is
 * one that DynamoDB has looked for and not found: consistent reads, because a replica that lags behind
 * would make a freshly published member absent.
 *
 * @throws DynamodbFault, `unprocessed` among others; never a part of what was asked for.
 */
export async function readItems(
  table: Table,
  keys: readonly ItemKey[],
): Promise<ReadonlyMap<string, RecordItem>> {
  const found = new Map<string, RecordItem>();
  for (let from = 0; from < keys.length; from += maxKeys) {
    const batch = keys.slice(from, from + maxKeys).map(keyAttributes);
    const left = await readBatch(table, batch, found);
    if (left.length === 0) continue;
    await table.pause(pauseMs);
    const leftAgain = await readBatch(table, left, found);
    if (leftAgain.length > 0) throw new DynamodbFault('unprocessed');
  }
  return found;
}

type Attributes = Record<string, AttributeValue>;

/** One call; returns the keys that DynamoDB did not get to. */
async function readBatch(
  { client, table }: Table,
  keys: Attributes[],
  found: Map<string, RecordItem>,
): Promise<Attributes[]> {
  const request = { RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } };
  const answer = await calling(() => client.send(new BatchGetItemCommand(request)));
  for (const attributes of answer.Responses?.[table] ?? []) {
    const item = recordItem(attributes);
    found.set(textOf(item), item);
  }
  return answer.UnprocessedKeys?.[table]?.Keys ?? [];
}

/**
 * Reads an item's attributes.
 *
 * @throws DynamodbFault `broken`.
 */
export function recordItem({ pk, sk, body, parts }: Attributes): RecordItem {
  if (pk?.S === undefined || sk?.S === undefined || body?.S === undefined) {
    throw new DynamodbFault('broken');
  }
  const item = { pk: pk.S, sk: sk.S, body: body.S };
  return parts?.N === undefined ? item : { ...item, parts: Number(parts.N) };
}
