import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expiresAt,
  refreshAfter,
  remainingSeconds,
  sessionDurationSeconds,
  sessionIsDoubtful,
  sessionIsFresh,
  sessionMaySign,
  tokenLifetimeSeconds,
  tokenMayBeReused,
} from '../../../core/lifetime.ts';
import { secondsAfter, startOfTest } from '../../builders/clock.ts';

describe('the numbers that AWS fixes', () => {
  it('are 900 s for a token, and an hour for a chained role', () => {
    expect([tokenLifetimeSeconds, sessionDurationSeconds]).toEqual([900, 3600]);
  });
});

describe('A18: expiresAt', () => {
  it.each([
    [3600, 900],
    [901, 900],
    [900, 900],
    [899, 899],
    [121, 121],
    [60, 60],
    [-5, -5],
  ])('of a token from a session with %d s left lies %d s ahead', (sessionLeft, tokenLeft) => {
    const end = expiresAt(startOfTest, secondsAfter(sessionLeft));

    expect(end).toEqual(secondsAfter(tokenLeft));
  });
});

describe('refreshAfter', () => {
  it.each([
    [900, 600],
    [899, 599],
    [121, 80],
    [1, 0],
    [0, 0],
  ])('of a token that lives %d s is %d s after signing', (lifetime, refresh) => {
    expect(refreshAfter(startOfTest, secondsAfter(lifetime))).toEqual(secondsAfter(refresh));
  });
});

describe('remainingSeconds', () => {
  it.each([
    [900, 900],
    [899.999, 899],
    [0.999, 0],
    [0, 0],
    [-10, 0],
  ])('counts %d s as %d: whole seconds, never too many, never negative', (left, counted) => {
    expect(remainingSeconds(secondsAfter(left), startOfTest)).toBe(counted);
  });
});

describe('A18: a session', () => {
  it.each([
    [3600, true],
    [961, true],
    [960, true],
    [959.999, false],
    [959, false],
    [60, false],
    [0, false],
    [-1, false],
  ])('with %d s left signs full-length tokens: %s', (left, fresh) => {
    expect(sessionIsFresh(secondsAfter(left), startOfTest)).toBe(fresh);
  });

  it.each([
    [121, true],
    [120.001, true],
    [120, false],
    [119, false],
    [0, false],
  ])('with %d s left may sign while STS fails: %s', (left, maySign) => {
    expect(sessionMaySign(secondsAfter(left), startOfTest)).toBe(maySign);
  });

  it.each([
    [0, false],
    [59.999, false],
    [60, true],
    [3600, true],
    [-60, false],
  ])('assumed %d s ago is doubted by a fresh request: %s', (age, doubtful) => {
    expect(sessionIsDoubtful(secondsAfter(-age), startOfTest)).toBe(doubtful);
  });
});

describe('tokenMayBeReused', () => {
  it.each([
    [0, true, true],
    [9.999, true, true],
    [10, true, false],
    [59.999, true, false],
    [60, false, false],
    [-0.001, false, false],
    [-3600, false, false],
  ])('says of a token %d s old: ordinary %s, fresh %s', (age, ordinary, fresh) => {
    const signedAt = secondsAfter(-age);

    expect(tokenMayBeReused(signedAt, startOfTest, false)).toBe(ordinary);
    expect(tokenMayBeReused(signedAt, startOfTest, true)).toBe(fresh);
  });
});

describe('all together', () => {
  it('never promise more than the session has, nor a refresh after the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 43_200 }), (sessionLeft) => {
        const end = expiresAt(startOfTest, secondsAfter(sessionLeft));
        const refresh = refreshAfter(startOfTest, end);
        expect(remainingSeconds(end, startOfTest)).toBeLessThanOrEqual(Math.min(900, sessionLeft));
        expect(refresh.getTime()).toBeLessThan(end.getTime());
        expect(refresh.getTime()).toBeGreaterThanOrEqual(startOfTest.getTime());
      }),
    );
  });
});
