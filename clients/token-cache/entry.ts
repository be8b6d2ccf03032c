import type { VendAnswer } from '../../core/vend-answer.ts';
import type { Moment } from './passing-time.ts';

/** A token that was vended, and the two instants of its life: when to replace it, and when it ends. */
export interface Entry {
  readonly answer: VendAnswer;
  /** Whether the API was asked for a token that nobody had been handed before. */
  readonly fresh: boolean;
  /** When it came. This and the next two count as `Moment.passedMs` does. */
  readonly arrivedAtMs: number;
  readonly refreshAtMs: number;
  readonly endsAtMs: number;
  /** The same end as the API states it. Epoch milliseconds. */
  readonly expiresAtMs: number;
}

/** The call that an answer came from. */
export interface Call {
  readonly startedAt: Moment;
  readonly fresh: boolean;
}

/**
 * Files an answer. Its life counts from the start of the call and not from the arrival: a call that
 * straddled a freeze may bring a token that was long dead when it was read.
 *
 * @param by.minTtlMs What a token must have left to be handed out.
 * @param by.random In [0, 1); spreads the refreshes of a fleet that started together.
 */
export function entryOf(
  answer: VendAnswer,
  { startedAt, fresh }: Call,
  by: { readonly now: Moment; readonly minTtlMs: number; readonly random: number },
): Entry {
  const expiresAtMs = Date.parse(answer.expiresAt);
  const lifeMs = Math.min(answer.expiresIn * 1000, expiresAtMs - startedAt.wall.getTime());
  const leadMs = expiresAtMs - Date.parse(answer.refreshAfter);
  const refreshInMs = clamped(lifeMs - leadMs, lifeMs - by.minTtlMs) * jitter(by.random);
  return {
    answer,
    fresh,
    arrivedAtMs: by.now.passedMs,
    refreshAtMs: startedAt.passedMs + refreshInMs,
    endsAtMs: startedAt.passedMs + lifeMs,
    expiresAtMs,
  };
}

/** Milliseconds that a token has left by every reckoning; negative once it has ended. */
export function leftMs(entry: Entry, now: Moment): number {
  return Math.min(entry.endsAtMs - now.passedMs, entry.expiresAtMs - now.wall.getTime());
}

/**
 * The API's own lead, kept between a half and four fifths of the time in which the token may be
 * handed out: a short life would else mean a refresh at every use, or none before the end.
 */
function clamped(refreshInMs: number, usableMs: number): number {
  return Math.min(Math.max(refreshInMs, usableMs / 2), usableMs * 0.8);
}

/** A tenth up or down. */
const jitter = (random: number): number => 0.9 + 0.2 * random;
