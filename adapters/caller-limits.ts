import { VendError } from '../core/errors.ts';
import { type Bucket, type RateLimit, take } from '../core/rate-limit.ts';
import { recentlyUsed } from './recently-used.ts';

/** Says no before STS has to. STS allows an account 600 calls a second, shared by everybody in it. */
export interface CallerLimits {
  /** @throws VendError `THROTTLED` `caller-throttled` with the seconds to wait. */
  take(caller: string, target: string): void;
}

/** One session lasts 44 minutes: more than a few calls for the same one mean that something loops. */
const perTarget: RateLimit = { burst: 5, perSecond: 1 / 30 };

/** A caller may open many databases at once, but not take a visible share of the account's 600. */
const perCaller: RateLimit = { burst: 100, perSecond: 10 };

export function createCallerLimits(deps: {
  readonly clock: () => Date;
  /** Callers and targets remembered at most. */
  readonly maxBuckets: number;
}): CallerLimits {
  const buckets = recentlyUsed<Bucket>(deps.maxBuckets);

  const takeFrom = (key: string, limit: RateLimit): void => {
    const result = take(buckets.get(key), limit, deps.clock());
    buckets.set(key, result.bucket);
    if (!result.taken) {
      const { retryAfterSeconds } = result;
      throw new VendError('THROTTLED', 'caller-throttled', { retryAfterSeconds });
    }
  };

  return {
    take(caller, target) {
      takeFrom(`target ${target}`, perTarget);
      takeFrom(`caller ${caller}`, perCaller);
    },
  };
}
