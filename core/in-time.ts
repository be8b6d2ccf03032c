import { VendError } from './errors.ts';
import type { FailureReason } from './reasons.ts';

/**
 * What `work` comes to, unless time runs out before. Then it is left to itself: whatever it comes to later
 * reaches nobody, so that it must not write anything down that would say otherwise.
 *
 * Rejects with `VendError` `UPSTREAM_UNAVAILABLE` and `reason` where time runs out.
 *
 * @param outOfTime Resolves when time has run out.
 */
export function inTime<T>(
  outOfTime: Promise<void>,
  work: Promise<T>,
  reason: FailureReason = 'out-of-time',
): Promise<T> {
  const late = outOfTime.then(() => {
    throw new VendError('UPSTREAM_UNAVAILABLE', reason);
  });
  return Promise.race([work, late]);
}
