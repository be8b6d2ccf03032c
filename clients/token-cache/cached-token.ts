import type { VendAnswer } from '../../core/vend-answer.ts';
import type { Decision } from './decide.ts';
import { leftMs } from './entry.ts';
import type { Moment } from './passing-time.ts';

/** What a caller of the cache gets. */
export interface CachedToken {
  /** With `expiresIn` as of now. */
  readonly answer: VendAnswer;
  /** `miss`: waited for the API. `stale`: the API fails, and this token is still good. */
  readonly state: 'hit' | 'miss' | 'stale';
  /** Whole seconds since the token came. */
  readonly ageSeconds: number;
}

/** The answer that `decision` hands out, as of `now`. */
export function cachedToken(
  { entry, state }: Extract<Decision, { readonly do: 'serve' }>,
  waited: boolean,
  now: Moment,
): CachedToken {
  return {
    answer: { ...entry.answer, expiresIn: Math.floor(leftMs(entry, now) / 1000) },
    state: waited && state === 'hit' ? 'miss' : state,
    ageSeconds: Math.floor((now.passedMs - entry.arrivedAtMs) / 1000),
  };
}
