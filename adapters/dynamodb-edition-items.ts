import {
  type AttributeValue,
  BatchWriteItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { storedItems } from './dynamodb-edition-query.ts';
import { calling, DynamodbFault } from './dynamodb-fault.ts';
import type { RecordItem } from './dynamodb-items.ts';
import { type ItemKey, keyAttributes } from './dynamodb-layout.ts';
import { type ItemDigests, itemDigest } from './item-digests.ts';
import type { WritableTable } from './writable-table.ts';

/**
 * Reads, consistently, which items an edition holds. A publisher verifies its edition by this and not
 * by the answers to its writes: an answer may be lost, and another process may have written since.
 */
export async function readEdition(table: WritableTable, edition: string): Promise<ItemDigests> {
  const digests = new Map<string, string>();
  for await (const item of storedItems(table, edition)) digests.set(item.sk, itemDigest(item));
  return digests;
}

/** Writes items, and says after each batch how many were in it. */
export async function writeItems(
  table: WritableTable,
  items: Iterable<RecordItem>,
  written: (count: number) => void,
): Promise<void> {
  for (const batch of batchesOf(items, maxBatch)) {
    await writeBatch(
      table,
      batch.map((item) => ({ PutRequest: { Item: attributesOf(item) } })),
    );
    written(batch.length);
  }
}

/** Deletes every item of an edition. May be interrupted and repeated. */
export async function eraseEdition(table: WritableTable, edition: string): Promise<void> {
  const keys: ItemKey[] = [];
  for await (const item of storedItems(table, edition)) keys.push({ pk: item.pk, sk: item.sk });
  for (const batch of batchesOf(keys, maxBatch)) {
    await writeBatch(
      table,
      batch.map((key) => ({ DeleteRequest: { Key: keyAttributes(key) } })),
    );
  }
}

/** DynamoDB's limit on one BatchWriteItem. Of the largest items, 25 are half of the 16 MB it may have. */
const maxBatch = 25;

/** With pauses of 50 ms, doubled each time, up to 5 s: half a minute of patience with a throttled table. */
const maxAttempts = 12;
const pauseMs = (attempt: number): number => Math.min(5_000, 50 * 2 ** attempt);

async function writeBatch({ client, table, pause }: WritableTable, requests: WriteRequest[]) {
  let left: WriteRequest[] = requests;
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === maxAttempts) throw new DynamodbFault('unprocessed');
    if (attempt > 0) await pause(pauseMs(attempt));
    const command = new BatchWriteItemCommand({ RequestItems: { [table]: left } });
    const answer = await calling(() => client.send(command));
    left = answer.UnprocessedItems?.[table] ?? [];
  }
}

function* batchesOf<T>(values: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const value of values) {
    batch.push(value);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function attributesOf({ parts, body, ...key }: RecordItem): Record<string, AttributeValue> {
  const item = { ...keyAttributes(key), body: { S: body } };
  return parts === undefined ? item : { ...item, parts: { N: String(parts) } };
}
