import { describe, expect, it } from 'vitest';
import { VendError } from '../../../core/errors.ts';
import { secondsAfter } from '../../builders/clock.ts';
import { aPlan, aSession } from '../../builders/sessions.ts';
import { sessionsOn } from '../../builders/sts-sessions.ts';

const unavailable = new VendError('UPSTREAM_UNAVAILABLE', 'sts-unavailable', {
  retryAfterSeconds: 2,
});
const throttled = new VendError('THROTTLED', 'sts-throttled', { retryAfterSeconds: 2 });
const invalid = new VendError('UPSTREAM_UNAVAILABLE', 'sts-answer-invalid');
const denied = new VendError('INTERNAL', 'role-not-assumable');
const malformed = new VendError('INTERNAL', 'session-request-invalid');

/** An STS that gives one session, and after that fails. */
const failingAfterOne = (error: Error) =>
  sessionsOn(async (_, call) => {
    if (call > 1) throw error;
    return aSession();
  });

describe('while STS fails', () => {
  it.each([
    [959, unavailable],
    [121, unavailable],
    [121, throttled],
    [121, invalid],
    [121, new TypeError('of the network')],
  ])('a session with %d s left still signs, and its end is told truly: %o', async (left, error) => {
    const { sessions, clock, counters, log } = failingAfterOne(error);

    const first = await sessions.obtain(aPlan(), false);
    clock.advance(3600 - left);
    const second = await sessions.obtain(aPlan(), false);

    expect(second).toBe(first);
    expect(second.expiresAt).toEqual(secondsAfter(3600));
    expect(counters.counted).toContain('SessionUsedToItsEnd');
    expect(log.entries.map(({ code }) => code)).toContain('SESSION_USED_TO_ITS_END');
  });

  it.each([120, 119, 0, -60])('a session with %d s left signs no more', async (left) => {
    const { sessions, clock } = failingAfterOne(unavailable);

    await sessions.obtain(aPlan(), false);
    clock.advance(3600 - left);

    await expect(sessions.obtain(aPlan(), false)).rejects.toBe(unavailable);
  });

  it('a session that a fresh request wanted renewed goes on, and is not called ending', async () => {
    const { sessions, clock, counters, log } = failingAfterOne(unavailable);

    const first = await sessions.obtain(aPlan(), false);
    clock.advance(120);
    const second = await sessions.obtain(aPlan(), true);

    expect(second).toBe(first);
    expect(counters.counted).not.toContain('SessionUsedToItsEnd');
    expect(log.entries.map(({ code }) => code)).toEqual(['STS_FAILED']);
  });

  it('our own credentials are said to be what it does not take, and no team role', async () => {
    const { sessions, counters, log } = sessionsOn(async () => {
      throw new VendError('UPSTREAM_UNAVAILABLE', 'own-credentials-refused');
    });

    await sessions.obtain(aPlan(), false).catch(() => undefined);

    expect(counters.counted).toEqual(['StsCall', 'OwnCredentialsRefused']);
    expect(log.entries).toEqual([{ level: 'error', code: 'OWN_CREDENTIALS_REFUSED', fields: {} }]);
  });

  it('nobody gets the session of another', async () => {
    const { sessions } = failingAfterOne(unavailable);

    await sessions.obtain(aPlan(), false);
    const other = sessions.obtain(aPlan({ policy: '{}' }), false);

    await expect(other).rejects.toBe(unavailable);
  });

  it('the next request tries again', async () => {
    const { sessions, calls } = sessionsOn(async (_, call) => {
      if (call === 1) throw unavailable;
      return aSession();
    });

    await expect(sessions.obtain(aPlan(), false)).rejects.toBe(unavailable);

    await expect(sessions.obtain(aPlan(), false)).resolves.toEqual(aSession());
    expect(calls).toHaveLength(2);
  });
});

describe('when STS says no', () => {
  it.each([denied, malformed])('the old session goes as well: %o', async (error) => {
    const { sessions, clock } = failingAfterOne(error);

    await sessions.obtain(aPlan(), false);
    clock.advance(120);

    await expect(sessions.obtain(aPlan(), true)).rejects.toBe(error);
    await expect(sessions.obtain(aPlan(), false)).rejects.toBe(error);
  });

  it('A24: it is asked once in 10 s, however often a caller insists', async () => {
    const { sessions, calls, clock } = sessionsOn(async () => {
      throw denied;
    });

    for (let second = 0; second < 10; second++) {
      await expect(sessions.obtain(aPlan(), second % 2 === 0)).rejects.toBe(denied);
      clock.advance(0.999);
    }
    const within = calls.length;
    clock.advance(0.01);
    await expect(sessions.obtain(aPlan(), false)).rejects.toBe(denied);

    expect([within, calls.length]).toEqual([1, 2]);
  });

  it('A19: it is not remembered any longer by a clock that went back', async () => {
    const { sessions, calls, clock } = failingAfterOne(denied);
    await sessions.obtain(aPlan(), false);
    clock.advance(120);
    await expect(sessions.obtain(aPlan(), true)).rejects.toBe(denied);

    clock.advance(-60);
    await expect(sessions.obtain(aPlan(), false)).rejects.toBe(denied);

    expect(calls).toHaveLength(3);
  });

  it('A24: that concerns nobody else', async () => {
    const { sessions } = sessionsOn(async ({ callerKey }) => {
      if (callerKey === 'denied') throw denied;
      return aSession();
    });

    await expect(sessions.obtain(aPlan({ callerKey: 'denied' }), false)).rejects.toBe(denied);

    await expect(sessions.obtain(aPlan(), false)).resolves.toEqual(aSession());
  });

  it('A21: it is logged by its reason alone, once for all who waited', async () => {
    const { sessions, log } = sessionsOn(async () => {
      throw denied;
    });

    await Promise.allSettled(Array.from({ length: 100 }, () => sessions.obtain(aPlan(), false)));

    expect(log.entries).toEqual([
      {
        level: 'error',
        code: 'STS_REFUSED',
        fields: { reason: 'role-not-assumable', roleArn: aPlan().roleArn },
      },
    ]);
  });
});
