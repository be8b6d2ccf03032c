import { describe, expect, it } from 'vitest';
import { VendError } from '../../../core/errors.ts';
import { secondsAfter } from '../../builders/clock.ts';
import { aPlan, aSession } from '../../builders/sessions.ts';
import { sessionsOn } from '../../builders/sts-sessions.ts';

const denied = new VendError('INTERNAL', 'role-not-assumable');
const throttledCaller = { code: 'THROTTLED', reason: 'caller-throttled' };

describe('a caller whom STS refuses', () => {
  it('A24: is told so for as long as it insists, and not that it insists', async () => {
    const { sessions, calls, clock } = sessionsOn(async () => {
      throw denied;
    });

    for (let tick = 0; tick < 60; tick++) {
      await expect(sessions.obtain(aPlan(), false)).rejects.toBe(denied);
      clock.advance(10);
    }

    expect(calls.length).toBeLessThanOrEqual(5 + 600 / 30);
  });

  it('hears of it no more when STS has said yes since', async () => {
    const { sessions, calls, clock } = sessionsOn(async (_, call) => {
      if (call === 1) throw denied;
      return aSession({ expiresAt: secondsAfter(100, clock()) });
    });
    await expect(sessions.obtain(aPlan(), false)).rejects.toBe(denied);
    clock.advance(10);

    for (let call = 2; call <= 5; call++) await sessions.obtain(aPlan(), false);

    await expect(sessions.obtain(aPlan(), false)).rejects.toMatchObject(throttledCaller);
    expect(calls).toHaveLength(5);
  });
});
