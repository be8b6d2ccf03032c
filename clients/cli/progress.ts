import type { Progress } from '../../core/registry/progress.ts';
import type { CommandContext } from './command-context.ts';

/** A person has begun to wonder by then; what is done sooner needs no words. */
const patienceMs = 1_000;

/**
 * Tells a person at a terminal how far a verb is: nothing in the first second, then each part as it begins,
 * and at most one count a second. Where nobody watches standard error (a pipe, a log), it says nothing.
 */
export function createProgress({
  err,
  clock,
  isWatched,
}: Pick<CommandContext, 'err' | 'clock' | 'isWatched'>): Progress {
  const startedAtMs = clock().getTime();
  let saidAtMs = startedAtMs;
  const say = (text: string, sinceMs: number): void => {
    const nowMs = clock().getTime();
    if (!isWatched || nowMs - sinceMs < patienceMs) return;
    saidAtMs = nowMs;
    err(`${text} …\n`);
  };
  return {
    step: (text) => say(text, startedAtMs),
    count: (done, all, what) => say(`${done} of ${all} ${what}`, saidAtMs),
  };
}
