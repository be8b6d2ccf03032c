import { type Edition, listEditions } from '../adapters/dynamodb-editions.ts';
import { versionOf } from '../adapters/dynamodb-layout.ts';
import { findPointer, type Pointer } from '../adapters/dynamodb-pointer.ts';
import type { Signature } from '../adapters/dynamodb-pointer-moves.ts';
import { readSuspensionNotes, type SuspensionNote } from '../adapters/dynamodb-suspension-notes.ts';
import type { WritableTable } from '../adapters/writable-table.ts';

/** A version that the table holds, and its part in what is in force. */
export interface ListedVersion extends Edition {
  readonly version: string;
  readonly standing: 'current' | 'previous' | 'kept';
  /** Of the current one: who put it in force, by a publish or a rollback, when and why. */
  readonly inForce?: Signature;
}

/** What the table holds, newest first. The same version may be there twice, as two editions. @throws DynamodbFault. */
export async function listVersions(table: WritableTable): Promise<readonly ListedVersion[]> {
  const pointer = await findPointer(table);
  const editions = await listEditions(table);
  return editions.map((one) => ({
    ...one,
    version: versionOf(one.edition),
    ...standingOf(one.edition, pointer),
  }));
}

function standingOf(
  edition: string,
  pointer: Pointer | undefined,
): Pick<ListedVersion, 'standing' | 'inForce'> {
  if (edition === pointer?.current) {
    const { movedBy: by, movedAt: at, movedReason: reason } = pointer;
    return { standing: 'current', inForce: { by, at, ...(reason !== undefined && { reason }) } };
  }
  return { standing: edition === pointer?.previous ? 'previous' : 'kept' };
}

/** An entry that is suspended, and the note on it; `undefined` where tokenvend has not written it. */
export interface ListedSuspension {
  readonly entry: string;
  readonly note: SuspensionNote | undefined;
}

/** What is suspended at this moment, in every version, by name. @throws DynamodbFault. */
export async function listSuspended(table: WritableTable): Promise<readonly ListedSuspension[]> {
  const notes = await readSuspensionNotes(table);
  return [...notes]
    .map(([entry, note]) => ({ entry, note }))
    .sort((one, other) => (one.entry < other.entry ? -1 : 1));
}
