import { type AttributeValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { calling, DynamodbFault } from './dynamodb-fault.ts';
import { keyAttributes, pointerKey } from './dynamodb-layout.ts';
import { findPointer, type Pointer } from './dynamodb-pointer.ts';
import type { WritableTable } from './writable-table.ts';

/** Who changes something, when and why; kept beside the change. */
export interface Signature {
  readonly by: string;
  readonly at: Date;
  /** Absent where nobody said why. */
  readonly reason?: string;
}

/** A reason as an attribute. None is written as NULL, so that no older reason is taken for it. */
export const reasonAttribute = (reason: string | undefined): AttributeValue =>
  reason === undefined ? { NULL: true } : { S: reason };

/**
 * Puts another edition in force, in one write: there is no moment in which a part of it counts. What is
 * suspended stays so.
 *
 * @throws DynamodbFault `conflict` where the pointer is no longer as it was `seen`: of two publishers that
 *   began from the same state, one wins and the other learns of it.
 */
export async function movePointer(
  table: WritableTable,
  seen: Pointer | undefined,
  edition: string,
  signature: Signature,
): Promise<void> {
  const revision = (seen?.revision ?? 0) + 1;
  try {
    await move(table, seen, edition, { ...signature, revision });
  } catch (error) {
    const isConflict = error instanceof DynamodbFault && error.kind === 'conflict';
    if (!isConflict) throw error;
    const now = await findPointer(table);
    // The SDK repeats a write whose answer was lost, and the repetition meets its own success.
    if (now?.current !== edition || now.revision !== revision) throw error;
  }
}

async function move(
  table: WritableTable,
  seen: Pointer | undefined,
  edition: string,
  { by, at, reason, revision }: Signature & { readonly revision: number },
): Promise<void> {
  const values: Record<string, AttributeValue> = {
    ':current': { S: edition },
    ':at': { S: at.toISOString() },
    ':by': { S: by },
    ':why': reasonAttribute(reason),
    ':next': { N: String(revision) },
  };
  const always =
    '#current = :current, movedAt = :at, movedBy = :by, movedReason = :why, revision = :next';
  if (seen === undefined) {
    const none = { ...values, ':none': { M: {} } };
    return update(table, `SET ${always}, suspensions = :none`, 'attribute_not_exists(pk)', none);
  }
  const previous = { ':previous': { S: seen.current }, ':seen': { N: String(seen.revision) } };
  return update(table, `SET ${always}, previous = :previous`, 'revision = :seen', {
    ...values,
    ...previous,
  });
}

/**
 * Counts the revision up, so that every move that was prepared before fails. Nothing else changes but the
 * note on who did so last, which is all that is left of a `prune`.
 *
 * @throws DynamodbFault `conflict`, as {@link movePointer}.
 */
export async function fencePointer(
  table: WritableTable,
  seen: Pointer,
  { by, at, reason }: Signature,
): Promise<void> {
  const note = { by: { S: by }, at: { S: at.toISOString() }, reason: reasonAttribute(reason) };
  await update(table, 'SET revision = :next, lastPruned = :note', 'revision = :seen', {
    ':next': { N: String(seen.revision + 1) },
    ':note': { M: note },
    ':seen': { N: String(seen.revision) },
  });
}

async function update(
  { client, table }: WritableTable,
  expression: string,
  condition: string,
  values: Record<string, AttributeValue>,
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: table,
    Key: keyAttributes(pointerKey),
    UpdateExpression: expression,
    ConditionExpression: condition,
    ExpressionAttributeValues: values,
    ...(expression.includes('#current') && { ExpressionAttributeNames: { '#current': 'current' } }),
  });
  await calling(() => client.send(command));
}
