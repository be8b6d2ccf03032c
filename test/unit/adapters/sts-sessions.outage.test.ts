import { describe, expect, it } from 'vitest';
import { VendError } from '../../../core/errors.ts';
import { aPlan, aSession } from '../../builders/sessions.ts';
import { sessionsOn } from '../../builders/sts-sessions.ts';

const unavailable = new VendError('UPSTREAM_UNAVAILABLE', 'sts-unavailable', {
  retryAfterSeconds: 2,
});

/** An STS that is down until the test says that it is back. */
function failingSts() {
  const state = { isDown: true };
  const on = sessionsOn(
    async () => {
      if (state.isDown) throw unavailable;
      return aSession({ expiresAt: new Date('2027-01-01') });
    },
    { maxSessions: 2_000 },
  );
  const ask = (caller = 'one') =>
    on.sessions.obtain(aPlan({ callerKey: caller }), false).catch((error: unknown) => error);
  return { ...on, state, ask };
}

const many = Array.from({ length: 1_000 }, (_, index) => `caller-${index}`);

describe('during an outage of STS', () => {
  it('a client that comes again when it was told to finds a try each time, and never a 429', async () => {
    const { ask, calls, clock, state } = failingSts();

    const answers = new Set<unknown>();
    for (let second = 0; second < 600; second += 2) {
      answers.add(await ask());
      clock.advance(2);
    }
    state.isDown = false;

    expect(answers).toEqual(new Set([unavailable]));
    expect(calls).toHaveLength(300);
    expect(await ask()).not.toBe(unavailable);
  });

  it('A24: the pods of one account cost a call in two seconds, and none is blamed', async () => {
    const { ask, calls, clock } = failingSts();

    const answers = new Set<unknown>();
    for (let tick = 0; tick < 60 * 10; tick++) {
      answers.add(await ask());
      clock.advance(0.1);
    }

    expect(answers).toEqual(new Set([unavailable]));
    expect(calls.length).toBeLessThanOrEqual(5 + 60 / 2);
  });

  it('A24: a thousand callers cost two calls a second, and are told the truth', async () => {
    const { ask, calls, clock } = failingSts();

    const answers = new Set<unknown>();
    for (let second = 0; second < 10; second += 2) {
      for (const caller of many) answers.add(await ask(caller));
      clock.advance(2);
    }

    expect(answers).toEqual(new Set([unavailable]));
    expect(calls.length).toBeLessThanOrEqual(20 + 2 * 10);
  });

  it('its end is everybody’s: one answer lets all others through', async () => {
    const { ask, clock, state } = failingSts();
    for (const caller of many) await ask(caller);
    state.isDown = false;
    clock.advance(0.5);

    const answers = [];
    for (const caller of many) answers.push(await ask(caller));

    expect(answers).not.toContain(unavailable);
  });

  it('A24: a role for which it fails alone keeps no other from its sessions', async () => {
    const { sessions, clock } = sessionsOn(async ({ roleArn }) => {
      if (roleArn === 'broken') throw unavailable;
      return aSession();
    });

    for (let tick = 0; tick < 600; tick++) {
      await sessions.obtain(aPlan({ roleArn: 'broken' }), false).catch(() => undefined);
      clock.advance(0.1);
    }

    await expect(sessions.obtain(aPlan(), false)).resolves.toEqual(aSession());
  });
});
