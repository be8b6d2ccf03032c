import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import { type Failure, failureAfter } from '../../../../clients/token-cache/failure.ts';

const unreachable = new ClientError('unreachable');

/** Seconds of back-off after each of `count` failures in a row. */
function waits(count: number, random: number, error = unreachable): number[] {
  const seconds: number[] = [];
  let last: Failure | undefined;
  for (let failures = 0; failures < count; failures++) {
    last = failureAfter(last, error, 0, random);
    seconds.push(last.retryAtMs / 1000);
  }
  return seconds;
}

describe('failureAfter', () => {
  test('A26: doubles the wait from 1 s to 60 s', () => {
    expect(waits(8, 1)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test('cuts the wait by up to a half, so that a fleet does not come back in step', () => {
    expect(waits(8, 0)).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30]);
  });

  test('stays at the longest wait however long the API is down', () => {
    expect(waits(2000, 1).at(-1)).toBe(60);
  });

  test('never comes before Retry-After, whatever the jitter', () => {
    const throttled = new ClientError('throttled', { retryAfterSeconds: 20 });

    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 9 }),
        (random, count) => {
          expect(Math.min(...waits(count, random, throttled))).toBeGreaterThanOrEqual(20);
        },
      ),
    );
  });

  test('is not silenced for a day by a Retry-After', () => {
    const throttled = new ClientError('throttled', { retryAfterSeconds: 86_400 });

    expect(waits(1, 0, throttled)).toEqual([300]);
  });

  test.each(['denied', 'unauthenticated', 'request-invalid'] as const)(
    'keeps a "no" (%s) for 10 s, the first time and later',
    (reason) => {
      expect(waits(3, 0.5, new ClientError(reason))).toEqual([10, 10, 10]);
    },
  );
});
