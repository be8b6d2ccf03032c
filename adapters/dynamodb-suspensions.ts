import { type AttributeValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { calling } from './dynamodb-fault.ts';
import { keyAttributes, pointerKey } from './dynamodb-layout.ts';
import type { Signature } from './dynamodb-pointer-moves.ts';
import type { WritableTable } from './writable-table.ts';

/** Who changes a suspension, when and why; kept beside the change. */
type Note = Signature & { readonly reason: string };

/**
 * Suspends an entry. Each entry is an attribute of its own within the pointer, so that two operators who
 * suspend two entries at once lose neither.
 *
 * @throws DynamodbFault `conflict` where it is suspended already (the first reason stays), or nothing
 *   was ever published.
 */
export async function addSuspension(
  table: WritableTable,
  entry: string,
  note: Note,
): Promise<void> {
  const free = `attribute_not_exists(suspensions.#entry) OR ${isOurs('suspensions.#entry')}`;
  await update(table, entry, note, {
    expression: 'SET suspensions.#entry = :note',
    condition: `attribute_exists(suspensions) AND (${free})`,
    attributes: attributesOf(note),
  });
}

/**
 * Lifts a suspension; who lifted it last, and why, stays on the pointer.
 *
 * @throws DynamodbFault `conflict` where the entry is not suspended.
 */
export async function removeSuspension(
  table: WritableTable,
  entry: string,
  note: Note,
): Promise<void> {
  await update(table, entry, note, {
    expression: 'REMOVE suspensions.#entry SET lastResumed = :note',
    condition: `attribute_exists(suspensions.#entry) OR (${isOurs('lastResumed')})`,
    attributes: { entry: { S: entry }, ...attributesOf(note) },
  });
}

/** The SDK repeats a write whose answer was lost, and the repetition must not trip over its own success. */
const isOurs = (note: string): string =>
  ['at', 'by', 'reason'].map((part) => `${note}.#${part} = :${part}`).join(' AND ');

type Attributes = Record<string, AttributeValue>;

const attributesOf = ({ reason, by, at }: Note) => ({
  reason: { S: reason },
  by: { S: by },
  at: { S: at.toISOString() },
});

async function update(
  { client, table }: WritableTable,
  entry: string,
  note: Note,
  change: {
    readonly expression: string;
    readonly condition: string;
    readonly attributes: Attributes;
  },
): Promise<void> {
  const { at, by, reason } = attributesOf(note);
  const own = { ':at': at, ':by': by, ':reason': reason };
  const command = new UpdateItemCommand({
    TableName: table,
    Key: keyAttributes(pointerKey),
    UpdateExpression: change.expression,
    ConditionExpression: change.condition,
    ExpressionAttributeNames: { '#entry': entry, '#at': 'at', '#by': 'by', '#reason': 'reason' },
    ExpressionAttributeValues: { ':note': { M: change.attributes }, ...own },
  });
  await calling(() => client.send(command));
}
