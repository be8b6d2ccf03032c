import { describe, expect, test } from 'vitest';
import { isPending, settle } from '../../../builders/deferred.ts';
import { errorOf } from '../api-client/an-api-client.ts';
import { aCache, filled, request, unreachable } from './a-cache.ts';

describe('a token cache in a process that is frozen', () => {
  test('A19: does not hand out a token that ended during the freeze', async () => {
    const { cache, freeze, last } = await filled();
    freeze(1200);

    const got = cache.get(request);
    const waits = await isPending(got);
    await last().answer();

    expect(waits).toBe(true);
    expect((await got).state).toBe('miss');
  });

  test.each([
    ['ahead', 1200],
    ['back', -86_400],
  ])('A19: a wall clock set %s lengthens no life', async (_direction, seconds) => {
    const { cache, pass, setClock } = await filled();

    setClock(seconds);
    pass(841);

    expect(await isPending(cache.get(request, { timeoutMs: 50 }).catch(() => undefined))).toBe(
      true,
    );
  });

  test('goes on handing out a good token when the wall clock is set back', async () => {
    const { cache, pass, setClock } = await filled();

    pass(100);
    setClock(-3600);
    pass(100);

    expect(await cache.get(request)).toMatchObject({ state: 'hit', answer: { expiresIn: 700 } });
  });

  test('abandons a call that straddled a freeze, and asks anew over new connections', async () => {
    const { cache, calls, drops, freeze, last } = aCache();
    const before = errorOf(cache.get(request));
    freeze(60);

    const after = cache.get(request);
    await settle();
    await last().answer();

    expect((await before).reason).toBe('gave-up-waiting');
    expect((await after).state).toBe('miss');
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(drops()).toBe(1);
  });

  test.each([
    ['token', 'answer' as const],
    ['failure', 'fail' as const],
  ])('does not act on a %s from before the freeze', async (_what, how) => {
    const { cache, calls, freeze, last } = aCache();
    const before = cache.get(request, { timeoutMs: 3_600_000 });
    const [straddling] = calls;
    freeze(1800);

    if (how === 'answer') await straddling?.answer({ at: new Date('2026-03-01T12:00:01Z') });
    else await straddling?.fail(unreachable());
    await last().answer();

    expect((await before).state).toBe('miss');
    expect(calls).toHaveLength(2);
  });

  test('counts the life of a token from the beginning of the call that brought it', async () => {
    const { cache, freeze, last } = aCache();
    const got = cache.get(request);

    freeze(5);
    await last().answer({ at: new Date('2026-03-01T12:00:00Z') });

    expect((await got).answer.expiresIn).toBe(895);
  });

  test('retries at once for those who still wait when it is told of a thaw', async () => {
    const { cache, calls, drops, last } = aCache();
    const got = cache.get(request);

    cache.thawed();
    await settle();
    await last().answer();

    expect((await got).state).toBe('miss');
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(drops()).toBe(1);
  });

  test('keeps its tokens over a thaw', async () => {
    const { cache, calls } = await filled();

    cache.thawed();

    expect((await cache.get(request)).state).toBe('hit');
    expect(calls).toHaveLength(1);
  });
});
