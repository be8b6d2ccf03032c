import { ClientError, isPassing } from '../api-client/client-error.ts';
import type { FileKeeper, Outcome } from './file-keeper.ts';

/** Waits, and resolves early when `signal` is aborted: `sleep` of this folder, or a test's. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export interface LoopDependencies {
  readonly keeper: FileKeeper;
  readonly sleep: Sleep;
  /** Ends the loop. */
  readonly signal: AbortSignal;
}

/**
 * Between passes, milliseconds. A pass with nothing to do reads a few small files; the calls to the
 * API are spaced by the cache, however often it is asked.
 */
const betweenPassesMs = 5_000;
const betweenFirstPassesMs = 500;

/**
 * Passes until every target has its files, or an error that trying again does not mend, or for
 * `waitMs`. The last is the caller's patience with an API that is not up yet; a call that is under way
 * by then is waited for, which ends by itself and says what was wrong.
 *
 * Rejects with the first target's error.
 */
export async function firstFiles(
  deps: LoopDependencies & { readonly clock: () => Date },
  waitMs: number,
): Promise<readonly Outcome[]> {
  const startedAtMs = deps.clock().getTime();
  for (;;) {
    const outcomes = await deps.keeper.pass();
    const errors = outcomes.flatMap((one) => (one.state === 'failed' ? [one.error] : []));
    if (errors.length === 0) return outcomes;
    const final = errors.find((error) => !mayPass(error));
    if (final !== undefined) throw final;
    const isOver = deps.clock().getTime() - startedAtMs >= waitMs;
    const ended = errors.find((error) => !isUnderWay(error));
    if (deps.signal.aborted || (isOver && ended !== undefined)) throw ended ?? errors[0];
    await deps.sleep(betweenFirstPassesMs, deps.signal);
  }
}

/**
 * Makes passes until `signal` is aborted. Never rejects: an application goes on living on the tokens
 * that it has.
 */
export async function keepFresh({ keeper, sleep, signal }: LoopDependencies): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  while (!signal.aborted) {
    await sleep(betweenPassesMs, signal);
    // A pass may wait for the API. An agent that is told to end does not wait for the pass.
    if (!signal.aborted) await Promise.race([keeper.pass(), ended]);
  }
}

/** Whether the pass has stopped waiting while the call goes on. */
function isUnderWay(error: unknown): boolean {
  return error instanceof ClientError && error.reason === 'gave-up-waiting';
}

/** Whether the same attempt may succeed a little later. */
export function mayPass(error: unknown): boolean {
  return error instanceof ClientError && isPassing(error);
}
