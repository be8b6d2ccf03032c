import { readEdition } from '../adapters/dynamodb-edition-items.ts';
import { type Edition, listEditions } from '../adapters/dynamodb-editions.ts';
import { versionOf } from '../adapters/dynamodb-layout.ts';
import { readPointer } from '../adapters/dynamodb-pointer.ts';
import { movePointer } from '../adapters/dynamodb-pointer-moves.ts';
import { digestOf } from '../adapters/item-digests.ts';
import { OperatorError } from './operator-error.ts';
import { type OperatorDependencies, unsound } from './publish-registry.ts';
import { signatureOf } from './signature.ts';

/**
 * Puts a version in force that the table still holds: the previous one, or the one named. It is read back
 * first. Suspensions stay.
 *
 * @throws OperatorError `input-invalid` where there is no such version, `table-unsound` where a part of it
 *   is missing; DynamodbFault, `conflict` where somebody else moved the pointer meanwhile.
 */
export async function rollBackRegistry(
  version: string | undefined,
  deps: OperatorDependencies,
): Promise<{ readonly from: string; readonly to: string }> {
  const { table } = deps;
  const pointer = await readPointer(table);
  const wanted = (await listEditions(table)).filter(
    ({ edition, state }) =>
      state === 'whole' &&
      edition !== pointer.current &&
      (version === undefined ? edition === pointer.previous : versionOf(edition) === version),
  );
  const target = wanted[0] ?? noneSuch(version);
  await verify(target, () => readEdition(table, target.edition));
  await movePointer(table, pointer, target.edition, signatureOf(deps));
  return { from: versionOf(pointer.current), to: versionOf(target.edition) };
}

async function verify(
  { digest }: Edition,
  read: () => ReturnType<typeof readEdition>,
): Promise<void> {
  if (digestOf(await read()) !== digest) throw unsound();
}

function noneSuch(version: string | undefined): never {
  const which = version === undefined ? 'previous version' : `version ${version} to go back to`;
  throw new OperatorError('input-invalid', `The table holds no ${which}. See registry versions.`);
}
