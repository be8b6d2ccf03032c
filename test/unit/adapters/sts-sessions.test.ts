import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../builders/clock.ts';
import { aPlan, aSession } from '../../builders/sessions.ts';
import { sessionsOn } from '../../builders/sts-sessions.ts';

describe('a session', () => {
  it('serves its caller for 44 minutes with one call to STS', async () => {
    const { sessions, calls, clock } = sessionsOn();

    const first = await sessions.obtain(aPlan(), false);
    clock.advance(44 * 60);
    const last = await sessions.obtain(aPlan(), false);

    expect(last).toBe(first);
    expect(calls).toHaveLength(1);
  });

  it.each([
    [961, false],
    [960, false],
    [959, true],
    [60, true],
    [0, true],
    [-1, true],
  ])('A18: with %d s left is replaced: %s', async (left, replaced) => {
    const { sessions, calls, clock } = sessionsOn();

    const first = await sessions.obtain(aPlan(), false);
    clock.advance(3600 - left);
    const second = await sessions.obtain(aPlan(), false);

    expect(second !== first).toBe(replaced);
    expect(calls).toHaveLength(replaced ? 2 : 1);
  });

  it('A19: is not served after a freeze that outlived it', async () => {
    const { sessions, clock } = sessionsOn();

    const first = await sessions.obtain(aPlan(), false);
    clock.advance(24 * 3600);
    const second = await sessions.obtain(aPlan(), false);

    expect(second).not.toBe(first);
    expect(second.expiresAt).toEqual(secondsAfter(25 * 3600));
  });

  it.each([
    [59, 1],
    [60, 2],
  ])('that is %d s old answers a fresh request after %d calls', async (age, expected) => {
    const { sessions, calls, clock } = sessionsOn();

    await sessions.obtain(aPlan(), false);
    clock.advance(age);
    await sessions.obtain(aPlan(), true);

    expect(calls).toHaveLength(expected);
  });

  it('that a fresh request renewed is the one that everybody gets', async () => {
    const { sessions, clock } = sessionsOn();

    await sessions.obtain(aPlan(), false);
    clock.advance(61);
    const renewed = await sessions.obtain(aPlan(), true);

    expect(await sessions.obtain(aPlan(), false)).toBe(renewed);
  });
});

describe('the sessions kept', () => {
  it('are bounded; the one that was used least recently goes first', async () => {
    const { sessions, calls } = sessionsOn(async () => aSession(), { maxSessions: 2 });
    const [a, b, c] = ['a', 'b', 'c'].map((roleArn) => aPlan({ roleArn }));

    for (const plan of [a, b, a, c, a, b]) await sessions.obtain(plan ?? aPlan(), false);

    expect(calls.map(({ roleArn }) => roleArn)).toEqual(['a', 'b', 'c', 'b']);
  });
});
