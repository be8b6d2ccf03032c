import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  paginateQuery,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { recordItem } from './dynamodb-batch-read.ts';
import { calling, DynamodbFault } from './dynamodb-fault.ts';
import type { RecordItem } from './dynamodb-items.ts';
import { type ItemKey, keyAttributes, partitionsOf } from './dynamodb-layout.ts';
import type { WritableTable } from './writable-table.ts';

/** What stands under each sort key: a digest of the content. The same for every edition of one version. */
export type ItemDigests = ReadonlyMap<string, string>;

/** One digest for a whole edition, whatever the order in which its items were seen. */
export function digestOf(items: ItemDigests): string {
  const hash = createHash('sha256');
  for (const key of [...items.keys()].sort()) hash.update(`${key} ${items.get(key)}\n`);
  return hash.digest('hex');
}

export function digestsOf(items: Iterable<RecordItem>): ItemDigests {
  const digests = new Map<string, string>();
  for (const item of items) digests.set(item.sk, itemDigest(item));
  return digests;
}

const itemDigest = ({ body, parts }: RecordItem): string =>
  createHash('sha256').update(`${parts}\n${body}`).digest('base64url');

/** What an edition holds now, read consistently: what the answers to writes said is not what counts. */
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

async function* storedItems(
  { client, table }: WritableTable,
  edition: string,
): AsyncGenerator<RecordItem> {
  for (const partition of partitionsOf(edition)) {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition } },
        ConsistentRead: true,
      },
    );
    for (;;) {
      const page = await calling(() => pages.next());
      if (page.done) break;
      for (const attributes of page.value.Items ?? []) yield recordItem(attributes);
    }
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
