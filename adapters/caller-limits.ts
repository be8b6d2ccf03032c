import { VendError } from '../core/errors.ts';
import { type Bucket, giveBack, type RateLimit, type Take, take } from '../core/rate-limit.ts';
import { recentlyUsed } from './recently-used.ts';

/** Says no before STS has to. STS allows an account 600 calls a second, shared by everybody in it. */
export interface CallerLimits {
  /**
   * Takes a permit of the caller's and one of the target's, or neither.
   *
   * @throws VendError `THROTTLED` `caller-throttled` with the seconds to wait.
   */
  take(caller: string, target: string): Permit;
}

export interface Permit {
  /** For a call that STS did not answer: who asks again after an outage has done nothing wrong. */
  giveBack(): void;
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

  const putBack = (key: string, limit: RateLimit): void => {
    const bucket = buckets.get(key);
    if (bucket !== undefined) buckets.set(key, giveBack(bucket, limit));
  };

  return {
    take(caller, target) {
      const [targetKey, callerKey] = [`target ${target}`, `caller ${caller}`];
      const now = deps.clock();
      const ofTarget = take(buckets.get(targetKey), perTarget, now);
      const ofCaller = take(buckets.get(callerKey), perCaller, now);
      // Of a target that is refused for its caller, nothing may be spent.
      if (ofCaller.taken || !ofTarget.taken) buckets.set(targetKey, ofTarget.bucket);
      if (ofTarget.taken || !ofCaller.taken) buckets.set(callerKey, ofCaller.bucket);
      const retryAfterSeconds = Math.max(waitOf(ofTarget), waitOf(ofCaller));
      if (retryAfterSeconds > 0) {
        throw new VendError('THROTTLED', 'caller-throttled', { retryAfterSeconds });
      }
      return {
        giveBack() {
          putBack(targetKey, perTarget);
          putBack(callerKey, perCaller);
        },
      };
    },
  };
}

const waitOf = (result: Take): number => (result.taken ? 0 : result.retryAfterSeconds);
