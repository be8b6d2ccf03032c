import { describe, expect, it } from 'vitest';
import { VendError } from '../../../core/errors.ts';
import type { Session } from '../../../core/session.ts';
import { secondsAfter } from '../../builders/clock.ts';
import { deferred, isPending, settle } from '../../builders/deferred.ts';
import { aPlan, aSession } from '../../builders/sessions.ts';
import { sessionsOn } from '../../builders/sts-sessions.ts';

const unavailable = new VendError('UPSTREAM_UNAVAILABLE', 'sts-unavailable');

/** An STS that answers when the test says so. */
function slowSts() {
  const answers: ReturnType<typeof deferred<Session>>[] = [];
  const on = sessionsOn(() => {
    const answer = deferred<Session>();
    answers.push(answer);
    return answer.promise;
  });
  return { ...on, answers };
}

describe('A25: callers who come together', () => {
  it('share one call: 1,000 first requests, 1 AssumeRole', async () => {
    const { sessions, calls, answers } = slowSts();

    const waiting = Array.from({ length: 1000 }, () => sessions.obtain(aPlan(), false));
    await settle();
    answers[0]?.resolve(aSession());
    const obtained = await Promise.all(waiting);

    expect(calls).toHaveLength(1);
    expect(new Set(obtained).size).toBe(1);
  });

  it('share one call also where they ask for fresh tokens', async () => {
    const { sessions, calls, answers, clock } = slowSts();
    const first = sessions.obtain(aPlan(), false);
    answers[0]?.resolve(aSession());
    await first;
    clock.advance(120);

    const waiting = Array.from({ length: 50 }, () => sessions.obtain(aPlan(), true));
    await settle();
    answers[1]?.resolve(aSession({ assumedAt: clock() }));
    await Promise.all(waiting);

    expect(calls).toHaveLength(2);
  });

  it('are rejected together, with the same error, and the next one tries again', async () => {
    const { sessions, calls, answers } = slowSts();

    const waiting = Array.from({ length: 3 }, () => sessions.obtain(aPlan(), false));
    await settle();
    answers[0]?.reject(unavailable);
    const results = await Promise.allSettled(waiting);
    const next = sessions.obtain(aPlan(), false);
    await settle();
    answers[1]?.resolve(aSession());

    expect(results).toEqual(Array(3).fill({ status: 'rejected', reason: unavailable }));
    await expect(next).resolves.toEqual(aSession());
    expect(calls).toHaveLength(2);
  });

  it('keep their answer when the first of them stops waiting', async () => {
    const { sessions, calls, answers } = slowSts();

    const leader = Promise.race([
      sessions.obtain(aPlan(), false),
      Promise.reject(new Error('gone')),
    ]);
    const follower = sessions.obtain(aPlan(), false);
    await expect(leader).rejects.toThrow('gone');
    answers[0]?.resolve(aSession());

    await expect(follower).resolves.toEqual(aSession());
    expect(calls).toHaveLength(1);
  });

  it('for different sessions do not wait for one another', async () => {
    const { sessions, answers } = slowSts();

    const hanging = sessions.obtain(aPlan(), false);
    const other = sessions.obtain(aPlan({ roleArn: 'other' }), false);
    await settle();
    answers[1]?.resolve(aSession());

    await expect(other).resolves.toEqual(aSession());
    expect(await isPending(hanging)).toBe(true);
  });

  it('never wait for a hanging STS while their session is fresh', async () => {
    const { sessions, answers, clock } = slowSts();
    const first = sessions.obtain(aPlan(), false);
    answers[0]?.resolve(aSession());
    await first;
    clock.advance(120);

    const renewing = sessions.obtain(aPlan(), true);
    const ordinary = sessions.obtain(aPlan(), false);

    expect(await isPending(ordinary)).toBe(false);
    expect(await isPending(renewing)).toBe(true);
  });

  it('get the session of the running call, not of one more, once it is there', async () => {
    const { sessions, calls, answers, clock } = slowSts();
    const replacement = aSession({ expiresAt: secondsAfter(7200) });
    const first = sessions.obtain(aPlan(), false);
    answers[0]?.resolve(aSession());
    await first;
    clock.advance(3000);

    const waiting = [sessions.obtain(aPlan(), false), sessions.obtain(aPlan(), false)];
    await settle();
    answers[1]?.resolve(replacement);

    expect(await Promise.all(waiting)).toEqual([replacement, replacement]);
    expect(await sessions.obtain(aPlan(), false)).toBe(replacement);
    expect(calls).toHaveLength(2);
  });
});
