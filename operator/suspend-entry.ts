import { DynamodbFault } from '../adapters/dynamodb-fault.ts';
import { readPointer } from '../adapters/dynamodb-pointer.ts';
import { addSuspension, removeSuspension } from '../adapters/dynamodb-suspensions.ts';
import { OperatorError } from './operator-error.ts';
import type { OperatorDependencies } from './publish-registry.ts';
import { parseEntry } from './suspension-entry.ts';

/** The most time that passes before every function goes by a change of the suspensions (held-pointer.ts). */
export const takesEffectSeconds = 15;

/**
 * Cuts an entry off, from 15 s on at the latest, in this version and every other.
 *
 * @throws OperatorError `input-invalid` for no entry, or a reason that is empty or over 256 characters;
 *   `table-conflict` where it is suspended already. DynamodbFault.
 */
export async function suspendEntry(
  entry: string,
  reason: string,
  { table, clock, by }: OperatorDependencies,
): Promise<void> {
  parseEntry(entry);
  await readPointer(table);
  const note = { reason: checkedReason(reason), by, at: clock() };
  await orConflict(`${entry} is suspended already.`, () => addSuspension(table, entry, note));
}

/** Lifts a suspension. @throws as {@link suspendEntry}; `table-conflict` where the entry is not suspended. */
export async function resumeEntry(
  entry: string,
  reason: string,
  { table, clock, by }: OperatorDependencies,
): Promise<void> {
  parseEntry(entry);
  await readPointer(table);
  const note = { reason: checkedReason(reason), by, at: clock() };
  await orConflict(`${entry} is not suspended.`, () => removeSuspension(table, entry, note));
}

/** The pointer is one item of at most 400 KB, and is read every 10 s by every function. */
const maxReasonLength = 256;

function checkedReason(reason: string): string {
  const text = reason.trim();
  if (text === '' || text.length > maxReasonLength) {
    throw new OperatorError('input-invalid', 'Give a --reason of at most 256 characters.');
  }
  return text;
}

async function orConflict(sentence: string, change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    const isConflict = error instanceof DynamodbFault && error.kind === 'conflict';
    throw isConflict ? new OperatorError('table-conflict', sentence) : error;
  }
}
