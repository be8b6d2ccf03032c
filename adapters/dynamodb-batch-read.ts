import { isListOf, isRecord } from '../core/registry/guards.ts';
import type { DynamodbCall } from './dynamodb-call.ts';
import { DynamodbFault } from './dynamodb-fault.ts';
import type { RecordItem } from './dynamodb-items.ts';
import { type ItemKey, keyAttributes, textOf } from './dynamodb-layout.ts';

/** A table, and how to read it. */
export interface Table {
  readonly call: DynamodbCall;
  readonly table: string;
  /** Waits; tests do not. */
  readonly pause: (ms: number) => Promise<void>;
}

/** DynamoDB's limit on the keys of one BatchGetItem; it also refuses a key that stands twice. */
const maxKeys = 100;

/**
 * The pause before the keys that DynamoDB left out are asked for again. The value is ours: DynamoDB
 * counts its throttling by the second.
 */
const pauseMs = 50;

/**
 * Reads the items that exist under these keys; the map is keyed by the text of each key. The reads are
 * consistent, so that a key without an item in the answer has none: a replica that lags behind would
 * make a freshly published member absent.
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

/** One call; returns the keys that DynamoDB did not get to. */
async function readBatch(
  { call, table }: Table,
  keys: readonly unknown[],
  found: Map<string, RecordItem>,
): Promise<readonly unknown[]> {
  const request = { RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } };
  const { responses, left } = batchAnswer(await call('BatchGetItem', request), table);
  for (const attributes of responses) {
    const item = recordItem(attributes);
    found.set(textOf(item), item);
  }
  return left;
}

/** @throws DynamodbFault `broken` where the answer holds no list. An empty list is an answer. */
function batchAnswer(answer: unknown, table: string) {
  if (!isRecord(answer) || !isRecord(answer.Responses)) throw new DynamodbFault('broken');
  const responses = answer.Responses[table];
  const unprocessed = isRecord(answer.UnprocessedKeys) ? answer.UnprocessedKeys[table] : undefined;
  const left = isRecord(unprocessed) ? unprocessed.Keys : [];
  if (!isAttributesList(responses) || !isAttributesList(left)) throw new DynamodbFault('broken');
  return { responses, left };
}

const isAttributesList = isListOf(isRecord);

/**
 * Reads an item's attributes.
 *
 * @throws DynamodbFault `broken`.
 */
export function recordItem(attributes: Readonly<Record<string, unknown>>): RecordItem {
  const [pk, sk, body] = ['pk', 'sk', 'body'].map((name) => textIn(attributes[name]));
  if (pk === undefined || sk === undefined || body === undefined) throw new DynamodbFault('broken');
  const parts = numberIn(attributes.parts);
  return parts === undefined ? { pk, sk, body } : { pk, sk, body, parts };
}

/** What an attribute of type S holds. */
export function textIn(attribute: unknown): string | undefined {
  return isRecord(attribute) && typeof attribute.S === 'string' ? attribute.S : undefined;
}

/** What an attribute of type N holds, where that is a whole number. */
export function numberIn(attribute: unknown): number | undefined {
  if (!isRecord(attribute) || typeof attribute.N !== 'string') return undefined;
  const value = Number(attribute.N);
  return Number.isSafeInteger(value) ? value : undefined;
}
