import { describe, expect, it } from 'vitest';
import { VendError } from '../../../core/errors.ts';
import { secondsAfter } from '../../builders/clock.ts';
import { aPlan, aSession } from '../../builders/sessions.ts';
import { sessionsOn } from '../../builders/sts-sessions.ts';

const unavailable = new VendError('UPSTREAM_UNAVAILABLE', 'sts-unavailable');
const throttledCaller = { code: 'THROTTLED', reason: 'caller-throttled' };

describe('A24: a caller who loops', () => {
  it('costs no more than a few calls to STS while it fails, and is told that it does', async () => {
    const { sessions, calls } = sessionsOn(async () => {
      throw unavailable;
    });

    for (let call = 0; call < 50; call++)
      await sessions.obtain(aPlan(), false).catch(() => undefined);

    expect(calls).toHaveLength(5);
    await expect(sessions.obtain(aPlan(), false)).rejects.toBe(unavailable);
  });

  it('costs no more than a few where it gets sessions, and is told when to come again', async () => {
    const { sessions, calls, clock } = sessionsOn(async () =>
      aSession({ expiresAt: secondsAfter(100, clock()) }),
    );

    for (let call = 0; call < 5; call++) await sessions.obtain(aPlan(), false);

    await expect(sessions.obtain(aPlan(), false)).rejects.toMatchObject({
      ...throttledCaller,
      retryAfterSeconds: 30,
    });
    expect(calls).toHaveLength(5);
  });

  it('takes nothing from other callers, nor from its own other targets', async () => {
    const { sessions } = sessionsOn();
    const looping = () => sessions.obtain(aPlan({ policy: '{}' }), false);
    const { sessions: failing } = sessionsOn(async () => {
      throw unavailable;
    });

    for (let call = 0; call < 10; call++) await looping();
    for (let call = 0; call < 10; call++)
      await failing.obtain(aPlan(), false).catch(() => undefined);

    await expect(sessions.obtain(aPlan(), false)).resolves.toBeDefined();
    const other = failing.obtain(aPlan({ callerKey: 'other' }), false);
    await expect(other).rejects.toBe(unavailable);
  });

  it('keeps its current session when it asks for fresh ones too often', async () => {
    const { sessions, calls, clock } = sessionsOn();

    for (let call = 0; call < 20; call++) {
      await expect(sessions.obtain(aPlan(), true)).resolves.toBeDefined();
      clock.advance(1);
    }
    clock.advance(61);
    for (let call = 0; call < 20; call++) {
      await expect(sessions.obtain(aPlan(), true)).resolves.toBeDefined();
    }

    expect(calls.length).toBeLessThanOrEqual(3);
  });

  it('costs STS nothing while its session is fresh', async () => {
    const { sessions, counters } = sessionsOn();

    for (let call = 0; call < 10_000; call++) await sessions.obtain(aPlan(), false);

    expect(counters.counted).toEqual(['StsCall']);
  });
});

describe('the count of calls', () => {
  it('says how often STS throttled, so that an alarm can', async () => {
    const throttled = new VendError('THROTTLED', 'sts-throttled');
    const { sessions, counters } = sessionsOn(async () => {
      throw throttled;
    });

    await Promise.allSettled([sessions.obtain(aPlan(), false), sessions.obtain(aPlan(), false)]);

    expect(counters.counted).toEqual(['StsCall', 'StsThrottled']);
  });

  it('does not take a caller whom we throttle for an STS that does', async () => {
    const { sessions, counters, clock } = sessionsOn(async () =>
      aSession({ expiresAt: secondsAfter(100, clock()) }),
    );

    for (let call = 0; call < 7; call++)
      await sessions.obtain(aPlan(), false).catch(() => undefined);

    expect(counters.counted).toEqual(Array(5).fill('StsCall'));
  });
});
