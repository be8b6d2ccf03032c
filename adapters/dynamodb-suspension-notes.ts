import { isRecord } from '../core/registry/guards.ts';
import { type Table, textIn } from './dynamodb-batch-read.ts';
import { DynamodbFault } from './dynamodb-fault.ts';
import { keyAttributes, pointerKey } from './dynamodb-layout.ts';

/** Why an entry is suspended, by whom, and since when. */
export interface SuspensionNote {
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/**
 * What stands beside the suspensions on the pointer, by entry. `undefined` for a note that tokenvend has
 * not written: functions go by the entry's name alone, so it is suspended all the same.
 *
 * @throws DynamodbFault `broken` where the pointer has no suspensions at all; {@link Table.call}'s.
 */
export async function readSuspensionNotes({
  call,
  table,
}: Table): Promise<ReadonlyMap<string, SuspensionNote | undefined>> {
  const Key = keyAttributes(pointerKey);
  const answer = await call('GetItem', { TableName: table, Key, ConsistentRead: true });
  if (!isRecord(answer)) throw new DynamodbFault('broken');
  if (answer.Item === undefined) return new Map();
  const suspensions = isRecord(answer.Item) ? answer.Item.suspensions : undefined;
  if (!isRecord(suspensions) || !isRecord(suspensions.M)) throw new DynamodbFault('broken');
  return new Map(Object.entries(suspensions.M).map(([entry, note]) => [entry, noteIn(note)]));
}

function noteIn(attribute: unknown): SuspensionNote | undefined {
  const note = isRecord(attribute) && isRecord(attribute.M) ? attribute.M : {};
  const [reason, by] = [textIn(note.reason), textIn(note.by)];
  const at = new Date(textIn(note.at) ?? '');
  const isWhole = reason !== undefined && by !== undefined && !Number.isNaN(at.getTime());
  return isWhole ? { reason, by, at } : undefined;
}
