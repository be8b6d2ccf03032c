import { type Edition, listEditions } from '../adapters/dynamodb-editions.ts';
import { versionOf } from '../adapters/dynamodb-layout.ts';
import { findPointer } from '../adapters/dynamodb-pointer.ts';
import type { WritableTable } from '../adapters/writable-table.ts';

/** A version that the table holds, and its part in what is in force. */
export interface ListedVersion extends Edition {
  readonly version: string;
  readonly standing: 'current' | 'previous' | 'kept';
}

/** What the table holds, newest first. The same version may be there twice, as two editions. @throws DynamodbFault. */
export async function listVersions(table: WritableTable): Promise<readonly ListedVersion[]> {
  const pointer = await findPointer(table);
  const editions = await listEditions(table);
  return editions.map((one) => ({
    ...one,
    version: versionOf(one.edition),
    standing:
      one.edition === pointer?.current
        ? 'current'
        : one.edition === pointer?.previous
          ? 'previous'
          : 'kept',
  }));
}

/** What is suspended at this moment, in every version, by name. @throws DynamodbFault. */
export async function listSuspended(table: WritableTable): Promise<readonly string[]> {
  const pointer = await findPointer(table);
  return [...(pointer?.suspensions ?? [])].sort();
}
