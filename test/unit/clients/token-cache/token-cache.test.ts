import { describe, expect, test } from 'vitest';
import { isPending, settle } from '../../../builders/deferred.ts';
import { errorOf } from '../api-client/an-api-client.ts';
import { aCache, denied, filled, request, unreachable } from './a-cache.ts';

describe('a token cache', () => {
  test('asks the API once, and then itself', async () => {
    const { cache, calls, last, pass } = aCache();

    const first = cache.get(request);
    await last().answer();
    pass(90.5);
    const second = await cache.get(request);

    expect(await first).toMatchObject({ state: 'miss', ageSeconds: 0, answer: { expiresIn: 900 } });
    expect(second).toMatchObject({ state: 'hit', ageSeconds: 90, answer: { expiresIn: 809 } });
    expect(calls).toHaveLength(1);
  });

  test.each([
    ['database', { ...request, database: 'billing' }],
    ['user', { ...request, user: 'orders_admin' }],
    ['left-out user', { database: 'orders' }],
    ['team', { ...request, team: 'payments' }],
    ['inline CA', { ...request, inlineCa: true }],
  ])('A15: gives no token to a request for another %s', async (_what, other) => {
    const { cache, last } = await filled();

    const got = errorOf(cache.get(other));
    const waits = await isPending(got);
    await last().fail(unreachable());

    expect(waits).toBe(true);
    expect(last().request).toEqual(other);
    expect((await got).reason).toBe('unreachable');
  });

  test('renews a token that is due while handing out the old one', async () => {
    const { cache, calls, last, pass } = await filled();
    pass(600);

    const during = await cache.get(request);
    await last().answer();
    const after = await cache.get(request);

    expect(during).toMatchObject({ state: 'hit', answer: { expiresIn: 300 } });
    expect(after).toMatchObject({ state: 'hit', ageSeconds: 0, answer: { expiresIn: 900 } });
    expect(calls).toHaveLength(2);
  });

  test.each([
    ['earliest', 0, 540],
    ['latest', 1, 660],
  ])('spreads the renewals of a fleet by a tenth: %s', async (_which, random, dueAfter) => {
    const { cache, calls, pass } = await filled({ random: () => random });

    pass(dueAfter - 1);
    await cache.get(request);
    const before = calls.length;
    pass(1);
    await cache.get(request);

    expect([before, calls.length]).toEqual([1, 2]);
  });

  test('says stale while the API fails, as long as the token is good', async () => {
    const { cache, last, pass } = await filled();
    pass(610);

    await cache.get(request);
    await last().fail(unreachable());

    expect(await cache.get(request)).toMatchObject({ state: 'stale', answer: { expiresIn: 290 } });
  });

  test('hands out no token with less than the minimum left, and rejects at once while backing off', async () => {
    const { cache, calls, last, pass } = await filled();
    pass(841);

    const waiting = errorOf(cache.get(request));
    await last().fail(unreachable());

    expect(await waiting).toMatchObject({ reason: 'unreachable', retryAfterSeconds: 1 });
    expect(await errorOf(cache.get(request))).toMatchObject({ kind: 'unavailable' });
    expect(calls).toHaveLength(2);
  });

  test.each([
    ['60 s by default', {}, 840],
    ['what is asked for', { minTtlSeconds: 120 }, 780],
    ['never less than 30 s', { minTtlSeconds: 1 }, 870],
  ])('keeps a minimum of life: %s', async (_what, options, servedUntil) => {
    const { cache, pass } = await filled(options);

    pass(servedUntil);
    const served = await cache.get(request);
    pass(1);

    expect(served.answer.expiresIn).toBe(900 - servedUntil);
    expect(await isPending(cache.get(request, { timeoutMs: 50 }).catch(() => undefined))).toBe(
      true,
    );
  });

  test.each([
    ['ends too soon', { lifeSeconds: 69 }, 0, 'token-too-short-lived'],
    ['has ended by this clock', {}, 900, 'clock-skewed'],
  ])('does not take a token that %s', async (_what, parts, clockAhead, reason) => {
    const { cache, last, setClock } = aCache();
    setClock(clockAhead);

    const got = errorOf(cache.get(request));
    await last().answer(parts);

    expect((await got).reason).toBe(reason);
  });

  test('takes a failure that is not a ClientError for an unreachable API, and keeps none of it', async () => {
    const { cache, last } = aCache();

    const got = errorOf(cache.get(request));
    await last().fail(new TypeError('PLANTED'));

    expect((await got).reason).toBe('unreachable');
    expect(await got).not.toHaveProperty('cause');
  });

  test('forgets the token of a caller who is refused', async () => {
    const { cache, last, pass } = await filled();
    pass(610);
    await cache.get(request);
    await last().fail(denied());

    expect(await errorOf(cache.get(request))).toMatchObject({ reason: 'denied', status: 403 });
  });

  test('A24: remembers a refusal for 10 s, so that insisting costs no calls', async () => {
    const { cache, calls, last, pass } = aCache();
    const first = errorOf(cache.get(request));
    await last().fail(denied());
    await first;

    pass(9.9);
    const second = await errorOf(cache.get(request));
    const before = calls.length;
    pass(0.1);
    const third = cache.get(request);
    await last().answer();

    expect(second.reason).toBe('denied');
    expect(before).toBe(1);
    expect((await third).state).toBe('miss');
  });

  test('keeps a limited number of tokens: the one not used for longest goes', async () => {
    const { cache, calls, last } = aCache({ maxEntries: 2 });
    const get = async (database: string) => {
      const got = cache.get({ database });
      if (calls.length > 0 && last().request.database === database) await last().answer();
      return (await got).state;
    };

    const states = [];
    for (const database of ['a', 'b', 'a', 'c', 'a', 'b']) states.push(await get(database));

    expect(states).toEqual(['miss', 'miss', 'hit', 'miss', 'hit', 'miss']);
  });

  test('asks anew for everything after a purge', async () => {
    const { cache, calls, drops, last } = await filled();
    const open = cache.get({ ...request, fresh: true });

    cache.purge();
    await settle();
    await last().answer();

    expect((await open).state).toBe('miss');
    expect(calls[1]?.signal.aborted).toBe(true);
    expect(calls).toHaveLength(3);
    expect(drops()).toBe(1);
  });
});
