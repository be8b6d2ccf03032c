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

/** Keeps quiet about what has been said: gives the outcomes whose line is another than the last. */
export function createNewsOnly(): (outcomes: readonly Outcome[]) => readonly Outcome[] {
  const said = new Map<string, string>();
  return (outcomes) =>
    outcomes.filter((outcome) => {
      const text = outcomeText(outcome);
      const isNews = said.get(outcome.alias) !== text;
      said.set(outcome.alias, text);
      return isNews;
    });
}
