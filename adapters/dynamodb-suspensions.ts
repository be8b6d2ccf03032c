import { type AttributeValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { calling } from './dynamodb-fault.ts';
import { keyAttributes, pointerKey } from './dynamodb-layout.ts';
import type { Signature } from './dynamodb-pointer-moves.ts';
import type { WritableTable } from './writable-table.ts';

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
  { reason, by, at }: Signature & { readonly reason: string },
): Promise<void> {
  await update(table, entry, {
    expression: 'SET suspensions.#entry = :note',
    condition: 'attribute_exists(suspensions) AND attribute_not_exists(suspensions.#entry)',
    values: {
      ':note': { M: { reason: { S: reason }, by: { S: by }, at: { S: at.toISOString() } } },
    },
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
  { reason, by, at }: Signature & { readonly reason: string },
): Promise<void> {
  const note = {
    entry: { S: entry },
    reason: { S: reason },
    by: { S: by },
    at: { S: at.toISOString() },
  };
  await update(table, entry, {
    expression: 'REMOVE suspensions.#entry SET lastResumed = :note',
    condition: 'attribute_exists(suspensions.#entry)',
    values: { ':note': { M: note } },
  });
}

async function update(
  { client, table }: WritableTable,
  entry: string,
  change: {
    readonly expression: string;
    readonly condition: string;
    readonly values: Record<string, AttributeValue>;
  },
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: table,
    Key: keyAttributes(pointerKey),
    UpdateExpression: change.expression,
    ConditionExpression: change.condition,
    ExpressionAttributeNames: { '#entry': entry },
    ExpressionAttributeValues: change.values,
  });
  await calling(() => client.send(command));
}
