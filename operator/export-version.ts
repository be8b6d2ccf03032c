import { listEditions } from '../adapters/dynamodb-editions.ts';
import { itemsOf } from '../adapters/dynamodb-items.ts';
import { versionOf } from '../adapters/dynamodb-layout.ts';
import { readPointer } from '../adapters/dynamodb-pointer.ts';
import { digestOf, digestsOf } from '../adapters/item-digests.ts';
import type { WritableTable } from '../adapters/writable-table.ts';
import type { RegistryDocument } from '../core/registry/model.ts';
import { OperatorError } from './operator-error.ts';
import { unsound } from './publish-registry.ts';
import { recordsOfEdition } from './registry-records.ts';

/**
 * The document of a version that the table still holds, or of the one in force: what was published, which its
 * digest proves. Suspensions are no part of it.
 *
 * @throws OperatorError `input-invalid` where there is no such version, `table-unsound` where it is not what
 *   was published; DynamodbFault.
 */
export async function exportVersion(
  version: string | undefined,
  table: WritableTable,
): Promise<RegistryDocument> {
  const { current } = await readPointer(table);
  const found = (await listEditions(table)).find(
    ({ edition, state }) =>
      state === 'whole' &&
      (version === undefined ? edition === current : versionOf(edition) === version),
  );
  if (found === undefined) throw noneSuch(version);
  const document = await documentOf(table, found.edition);
  if (digestOf(digestsOf(itemsOf(document, ''))) !== found.digest) throw unsound();
  return document;
}

async function documentOf(table: WritableTable, edition: string): Promise<RegistryDocument> {
  const { issuers, members, databases } = recordsOfEdition(table, edition);
  return {
    version: versionOf(edition),
    issuers: await inOrder(issuers(), ({ name }) => name),
    members: await inOrder(members(), ({ team, name }) => `${team}/${name}`),
    databases: await inOrder(databases(), ({ name }) => name),
  };
}

/** As a compiled registry has them; the table keeps them by the hash of their names. */
async function inOrder<T>(
  values: AsyncIterable<T> | Iterable<T>,
  nameOf: (value: T) => string,
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

const noneSuch = (version = 'in force'): OperatorError =>
  new OperatorError(
    'input-invalid',
    `The table holds no version ${version}. See registry versions.`,
  );
