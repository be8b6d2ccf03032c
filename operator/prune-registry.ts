import { eraseEdition } from '../adapters/dynamodb-edition-items.ts';
import {
  changeState,
  type Edition,
  listEditions,
  removeEdition,
} from '../adapters/dynamodb-editions.ts';
import { versionOf } from '../adapters/dynamodb-layout.ts';
import { type Pointer, readPointer } from '../adapters/dynamodb-pointer.ts';
import { fencePointer } from '../adapters/dynamodb-pointer-moves.ts';
import { OperatorError } from './operator-error.ts';
import type { OperatorDependencies } from './publish-registry.ts';
import { signatureOf } from './signature.ts';

/**
 * Functions serve a version for up to 300 s after it went out of force. Ours: three times that, before
 * anything may be missing from one.
 */
const settlingMs = 900_000;

/** How long a publish that stopped half-way is left for its next run. Ours. */
const unfinishedMs = 3_600_000;

/**
 * Deletes the versions that are neither in force nor were before the last change. May be interrupted and
 * repeated.
 *
 * @throws OperatorError `input-invalid` within 15 min of a publish or rollback; DynamodbFault,
 *   `conflict` where somebody else publishes or rolls back at this moment.
 */
export async function pruneRegistry(deps: OperatorDependencies): Promise<string[]> {
  const { table } = deps;
  const pointer = await readPointer(table);
  const now = deps.clock();
  if (now.getTime() - pointer.movedAt.getTime() < settlingMs) throw tooEarly(pointer);
  const old = (await listEditions(table)).filter((one) => isOld(one, pointer, now));
  if (old.length === 0) return [];
  await condemn(deps, pointer, old);
  for (const { edition } of old) {
    await eraseEdition(table, edition);
    await removeEdition(table, edition);
  }
  return old.map(({ edition }) => versionOf(edition));
}

function isOld({ edition, state, begunAt }: Edition, pointer: Pointer, now: Date): boolean {
  const isFinished = state !== 'writing' || now.getTime() - begunAt.getTime() >= unfinishedMs;
  return isFinished && edition !== pointer.current && edition !== pointer.previous;
}

/**
 * Marks first, then makes every move that was prepared before fail: who looks from now on sees the mark,
 * and who looked before cannot move any more. Only then may anything be deleted.
 */
async function condemn(
  deps: OperatorDependencies,
  pointer: Pointer,
  old: readonly Edition[],
): Promise<void> {
  const { table } = deps;
  const mark = { from: ['whole', 'writing', 'pruning'], to: 'pruning' } as const;
  for (const { edition } of old) await changeState(table, edition, mark);
  try {
    await fencePointer(table, pointer, signatureOf(deps));
  } catch (error) {
    await spare(table, old);
    throw error;
  }
}

/**
 * Takes the mark back from what has come into force meanwhile. The rest keeps it: the one who was faster may
 * be another prune, which deletes it at this moment, and a rollback must not find that.
 */
async function spare(
  table: OperatorDependencies['table'],
  marked: readonly Edition[],
): Promise<void> {
  const { current, previous } = await readPointer(table);
  const spared = marked.filter(({ edition }) => edition === current || edition === previous);
  for (const { edition, state } of spared) {
    await changeState(table, edition, { from: ['pruning'], to: state });
  }
}

function tooEarly({ movedAt }: Pointer): OperatorError {
  const from = new Date(movedAt.getTime() + settlingMs).toISOString();
  const why =
    'What is in force has changed within the last 15 minutes, and functions may still serve';
  return new OperatorError('input-invalid', `${why} what was before. Prune from ${from} on.`);
}
