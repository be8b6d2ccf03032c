import { DynamodbFault } from '../adapters/dynamodb-fault.ts';
import { readPointer } from '../adapters/dynamodb-pointer.ts';
import { readSuspensionNotes, type SuspensionNote } from '../adapters/dynamodb-suspension-notes.ts';
import { addSuspension, removeSuspension } from '../adapters/dynamodb-suspensions.ts';
import { OperatorError } from './operator-error.ts';
import type { OperatorDependencies } from './publish-registry.ts';
import { checkedReason } from './signature.ts';
import { parseEntry } from './suspension-entry.ts';

/** The most time that passes before every function goes by a change of the suspensions (held-pointer.ts). */
export const takesEffectSeconds = 15;

/** A suspension that is in force, and the note on it. */
export interface Suspended extends SuspensionNote {
  /** False where it was suspended before: who was first, and why, stays. */
  readonly isNew: boolean;
}

/**
 * Cuts an entry off, from 15 s on at the latest, in this version and every other. What is suspended already
 * stays so: to say it twice is no fault.
 *
 * @throws OperatorError `input-invalid` for no entry, or a reason that is empty or over 256 characters;
 *   `table-conflict` where somebody resumes it at this moment. DynamodbFault.
 */
export async function suspendEntry(
  entry: string,
  reason: string,
  { table, clock, by }: OperatorDependencies,
): Promise<Suspended> {
  parseEntry(entry);
  await readPointer(table);
  const note = { reason: checkedReason(reason), by, at: clock() };
  try {
    await addSuspension(table, entry, note);
    return { ...note, isNew: true };
  } catch (error) {
    if (!isConflict(error)) throw error;
    return { ...unknown, at: note.at, ...(await noteOf(entry, table)), isNew: false };
  }
}

/** On a suspension that tokenvend has not written. Its time is not before now, so that too much is denied and not too little. */
const unknown = { reason: 'not known', by: 'somebody unknown' } as const;

async function noteOf(
  entry: string,
  table: OperatorDependencies['table'],
): Promise<SuspensionNote | undefined> {
  const notes = await readSuspensionNotes(table);
  if (notes.has(entry)) return notes.get(entry);
  throw new OperatorError(
    'table-conflict',
    `${entry} was resumed at this moment. Run the command again.`,
  );
}

/** Lifts a suspension. @throws as {@link suspendEntry}; `input-invalid` where the entry is not suspended. */
export async function resumeEntry(
  entry: string,
  reason: string,
  { table, clock, by }: OperatorDependencies,
): Promise<void> {
  parseEntry(entry);
  await readPointer(table);
  const note = { reason: checkedReason(reason), by, at: clock() };
  try {
    await removeSuspension(table, entry, note);
  } catch (error) {
    if (!isConflict(error)) throw error;
    throw new OperatorError(
      'input-invalid',
      `${entry} is not suspended. See registry versions for what is.`,
    );
  }
}

const isConflict = (error: unknown): boolean =>
  error instanceof DynamodbFault && error.kind === 'conflict';
