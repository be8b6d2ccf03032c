import type { ClientError } from '../api-client/client-error.ts';
import { type Entry, leftMs } from './entry.ts';
import { errorNow, type Failure, isHeld } from './failure.ts';
import type { Moment } from './passing-time.ts';

/** What is known of one key. */
export interface Known {
  readonly entry?: Entry | undefined;
  /** Absent after a success. */
  readonly failure?: Failure | undefined;
  /** The call under way. */
  readonly flight?: { readonly fresh: boolean } | undefined;
}

export interface Asked {
  /** Whether the caller has not yet been given what a `fresh` call brought. */
  readonly fresh: boolean;
  readonly now: Moment;
  readonly minTtlMs: number;
}

export type Decision =
  | {
      readonly do: 'serve';
      readonly entry: Entry;
      /** `stale` when the last call failed: the token is good, and there may be no next one. */
      readonly state: 'hit' | 'stale';
      /** Whether to call as well, without waiting. */
      readonly refresh: boolean;
    }
  /** Wait for the call under way, then decide again. */
  | { readonly do: 'wait' }
  | { readonly do: 'call' }
  | { readonly do: 'fail'; readonly error: ClientError };

/** Decides what a caller gets. Everything that the cache promises follows from this table of cases. */
export function decide(known: Known, { fresh, now, minTtlMs }: Asked): Decision {
  const { entry, failure, flight } = known;
  const held = isHeld(failure, now.passedMs);
  if (fresh && flight?.fresh) return { do: 'wait' };
  if (fresh && !held && !isJustRenewed(entry, now)) {
    return flight === undefined ? { do: 'call' } : { do: 'wait' };
  }
  if (entry !== undefined && leftMs(entry, now) >= minTtlMs) {
    const state = failure === undefined ? 'hit' : 'stale';
    return { do: 'serve', entry, state, refresh: refreshIsDue(known, now) };
  }
  if (flight !== undefined) return { do: 'wait' };
  if (held) return { do: 'fail', error: errorNow(failure, now.passedMs) };
  return { do: 'call' };
}

/** Whether a token has reached its refresh time, and nothing is under way or forbids a call. */
export function refreshIsDue({ entry, failure, flight }: Known, now: Moment): boolean {
  const isPast = entry !== undefined && now.passedMs >= entry.refreshAtMs;
  return isPast && flight === undefined && !isHeld(failure, now.passedMs);
}

/** The API cuts a new token for the same caller at most this often (core/lifetime.ts). */
const freshEveryMs = 10_000;

function isJustRenewed(entry: Entry | undefined, now: Moment): boolean {
  return entry?.fresh === true && now.passedMs - entry.arrivedAtMs < freshEveryMs;
}
