import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, giveBack, take } from '../../../core/rate-limit.ts';
import { secondsAfter, startOfTest } from '../../builders/clock.ts';

const limit = { burst: 2, perSecond: 0.5 };

describe('take', () => {
  it('gives a new bucket its burst, and then says how long to wait', () => {
    const first = take(undefined, limit, startOfTest);
    const second = take(first.taken ? first.bucket : undefined, limit, startOfTest);
    const third = take(second.taken ? second.bucket : undefined, limit, startOfTest);

    expect([first.taken, second.taken]).toEqual([true, true]);
    expect(third).toMatchObject({ taken: false, retryAfterSeconds: 2 });
  });

  it.each([
    [0, 2],
    [0.5, 2],
    [1, 1],
    [1.999, 1],
  ])('asks after %d s of waiting for %d s more', (waited, more) => {
    const empty: Bucket = { permits: 0, at: startOfTest };

    const result = take(empty, limit, secondsAfter(waited));

    expect(result).toMatchObject({ taken: false, retryAfterSeconds: more });
  });

  it('fills up to the burst and no further', () => {
    const result = take({ permits: 0, at: startOfTest }, limit, secondsAfter(3600));

    expect(result).toEqual({ taken: true, bucket: { permits: 1, at: secondsAfter(3600) } });
  });

  it('A19: neither gains nor loses by a clock that went back', () => {
    const empty = take({ permits: 0, at: secondsAfter(3600) }, limit, startOfTest);
    const half = take({ permits: 1, at: secondsAfter(3600) }, limit, startOfTest);

    const bucket = { permits: 0, at: startOfTest };
    expect(empty).toEqual({ taken: false, bucket, retryAfterSeconds: 2 });
    expect(half).toEqual({ taken: true, bucket: { permits: 0, at: startOfTest } });
  });

  it('keeps its word: after the seconds it asked for, a permit is there', () => {
    const bucket = fc.double({ min: 0, max: 0.999, noNaN: true });
    const waited = fc.integer({ min: 0, max: 29_000 });

    fc.assert(
      fc.property(bucket, waited, (permits, waitedMs) => {
        const slow = { burst: 5, perSecond: 1 / 30 };
        const state = { permits, at: startOfTest };
        const refused = take(state, slow, secondsAfter(waitedMs / 1000));
        fc.pre(!refused.taken);
        const later = secondsAfter(waitedMs / 1000 + refused.retryAfterSeconds);
        expect(take(refused.bucket, slow, later).taken).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('giveBack', () => {
  it.each([
    [0, 1],
    [0.5, 1.5],
    [1.5, 2],
    [2, 2],
  ])('makes %d permits %d, of at most two', (before, now) => {
    const bucket = giveBack({ permits: before, at: startOfTest }, limit);

    expect(bucket).toEqual({ permits: now, at: startOfTest });
  });
});
