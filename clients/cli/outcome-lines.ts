import type { Outcome } from '../agent/file-keeper.ts';
import { explainError } from './explain-error.ts';

/** What there is to say about a pass: a line for each target, with the time, for a log. */
export function outcomeLines(outcomes: readonly Outcome[], now: Date): string {
  return outcomes.map((outcome) => `${now.toISOString()} ${outcomeText(outcome)}\n`).join('');
}

/** One line, without a line feed. Holds names and instants. */
export function outcomeText(outcome: Outcome): string {
  if (outcome.state === 'failed') {
    return `${outcome.alias}: ${explainError(outcome.error)?.text ?? 'the files could not be kept.'}`;
  }
  const { alias, answer, stale } = outcome;
  const kept = stale ? 'no new token for now; the last one is' : 'the files are';
  return `${alias}: ${kept} good until ${answer.expiresAt}`;
}

/**
 * As long as a token lives: whoever reads the log of the time in which logins failed finds why, and a
 * failure that lasts for a night is four lines an hour. Milliseconds.
 */
const repeatEveryMs = 900_000;

/**
 * Keeps quiet about what has been said: gives the outcomes that are others than the last, and a failure
 * that lasts once more every 15 minutes, with the request id that it has by then.
 */
export function createNewsOnly(): (outcomes: readonly Outcome[], now: Date) => readonly Outcome[] {
  const said = new Map<string, { readonly gist: string; readonly atMs: number }>();
  return (outcomes, now) =>
    outcomes.filter((outcome) => {
      const [gist, nowMs] = [gistOf(outcome), now.getTime()];
      const last = said.get(outcome.alias);
      if (last?.gist === gist && nowMs - last.atMs < repeatEveryMs) return false;
      said.set(outcome.alias, { gist, atMs: nowMs });
      return true;
    });
}

/** Each refusal of the same request has a request id of its own: that alone is no news. */
function gistOf(outcome: Outcome): string {
  const explained = outcome.state === 'failed' ? explainError(outcome.error) : undefined;
  return explained?.gist ?? outcomeText(outcome);
}
