import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isPending, settle } from '../../../builders/deferred.ts';
import { errorOf } from '../api-client/an-api-client.ts';
import { aCache, denied, request, unreachable } from './a-cache.ts';

describe('a token cache with many callers', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('A25: makes one call for 1,000 concurrent misses', async () => {
    const { cache, calls, last } = aCache();

    const all = Array.from({ length: 1000 }, () => cache.get(request));
    await last().answer();

    expect(new Set((await Promise.all(all)).map(({ answer }) => answer.token)).size).toBe(1);
    expect(calls).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('A25: a follower survives a leader that gives up', async () => {
    const { cache, calls, last } = aCache();
    const leader = errorOf(cache.get(request, { timeoutMs: 1_000 }));
    const follower = cache.get(request, { timeoutMs: 5_000 });

    await vi.advanceTimersByTimeAsync(1_000);
    const reason = (await leader).reason;
    await last().answer();

    expect(reason).toBe('gave-up-waiting');
    expect((await follower).state).toBe('miss');
    expect(calls).toHaveLength(1);
    expect(last().signal.aborted).toBe(false);
  });

  test('A25: each waiter has its own deadline', async () => {
    const { cache } = aCache();
    const hasty = errorOf(cache.get(request, { timeoutMs: 500 }));
    const patient = errorOf(cache.get(request));

    await vi.advanceTimersByTimeAsync(500);
    const early = [await isPending(hasty), await isPending(patient)];
    await vi.advanceTimersByTimeAsync(9_500);

    expect(early).toEqual([false, true]);
    expect((await patient).reason).toBe('gave-up-waiting');
  });

  test('who says nothing of time waits for as long as the call may take, and hears how it ended', async () => {
    const { cache, last } = aCache({ longestCallMs: 120_000 });
    const waiting = errorOf(cache.get(request));

    await vi.advanceTimersByTimeAsync(120_000);
    const inTime = await isPending(waiting);
    await last().fail(unreachable());

    expect(inTime).toBe(true);
    expect((await waiting).reason).toBe('unreachable');
  });

  test('A25: those who have a token do not wait for its renewal', async () => {
    const { cache, last, pass } = aCache();
    const first = cache.get(request);
    await last().answer();
    await first;
    pass(700);

    const all = await Promise.all(Array.from({ length: 100 }, () => cache.get(request)));

    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['hit']));
  });

  test.each([
    ['a failure', unreachable(), 'unreachable'],
    ['a refusal', denied(), 'denied'],
  ])('A26: all waiters share %s', async (_what, error, reason) => {
    const { cache, calls, last } = aCache();

    const all = Array.from({ length: 50 }, () => errorOf(cache.get(request)));
    await last().fail(error);

    expect(new Set((await Promise.all(all)).map((one) => one.reason))).toEqual(new Set([reason]));
    expect(calls).toHaveLength(1);
  });

  test('keeps calls for different keys apart', async () => {
    const { cache, calls } = aCache({ maxEntries: 1 });

    const orders = cache.get({ database: 'orders' });
    const billing = cache.get({ database: 'billing' });
    await calls[0]?.answer();
    await calls[1]?.answer();

    expect((await orders).answer.token).not.toBe((await billing).answer.token);
    expect(calls).toHaveLength(2);
  });

  test('a fresh request is served by a fresh call, however many ask', async () => {
    const { cache, calls, last } = aCache();
    const first = cache.get(request);
    await last().answer();
    const old = (await first).answer.token;

    const all = Array.from({ length: 10 }, () => cache.get({ ...request, fresh: true }));
    await last().answer();

    const tokens = new Set((await Promise.all(all)).map(({ answer }) => answer.token));
    expect(tokens.size).toBe(1);
    expect(tokens).not.toContain(old);
    expect(calls.map((call) => call.request.fresh)).toEqual([undefined, true]);
  });

  test('a fresh request does not take the token of an ordinary call that was under way', async () => {
    const { cache, calls, last } = aCache();
    const ordinary = cache.get(request);

    const fresh = cache.get({ ...request, fresh: true });
    await last().answer();
    await ordinary;
    await settle();
    await last().answer();

    expect((await fresh).answer.token).not.toBe((await ordinary).answer.token);
    expect(calls.map((call) => call.request.fresh)).toEqual([undefined, true]);
  });

  test('makes a fresh call for a key at most every 10 s, and else hands out the current token', async () => {
    const { cache, calls, last, pass } = aCache();
    const first = cache.get({ ...request, fresh: true });
    await last().answer();
    await first;

    pass(9);
    const second = await cache.get({ ...request, fresh: true });
    const before = calls.length;
    pass(1);
    const third = cache.get({ ...request, fresh: true });
    await last().answer();

    expect(second.state).toBe('hit');
    expect(before).toBe(1);
    expect((await third).state).toBe('miss');
  });

  test('hands out the old token as stale when a fresh one cannot be had', async () => {
    const { cache, last } = aCache();
    const first = cache.get(request);
    await last().answer();
    await first;

    const fresh = cache.get({ ...request, fresh: true });
    await last().fail(unreachable());

    expect(await fresh).toMatchObject({ state: 'stale' });
  });
});
