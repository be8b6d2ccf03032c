import { describe, expect, test } from 'vitest';
import { isPending } from '../../../builders/deferred.ts';
import { filled, request, unreachable } from './a-cache.ts';

describe('refreshDue', () => {
  test('renews what is due, and resolves when that is over', async () => {
    const { cache, last, pass } = await filled();
    pass(600);

    const renewed = cache.refreshDue();
    const open = await isPending(renewed);
    await last().answer();
    await renewed;

    expect(open).toBe(true);
    expect(await cache.get(request)).toMatchObject({ state: 'hit', ageSeconds: 0 });
  });

  test('does not ask for a fresh token, even where the last caller did', async () => {
    const { cache, last, pass } = await filled();
    const fresh = cache.get({ ...request, fresh: true });
    await last().answer();
    await fresh;
    pass(600);

    const renewed = cache.refreshDue();
    await last().answer();
    await renewed;

    expect(last().request).toEqual({ ...request, fresh: false });
  });

  test.each([
    ['is not due yet', 599, 1],
    ['was used within 15 minutes, though it has ended', 900, 2],
    ['nobody used for longer: no ghosts are refreshed', 901, 1],
  ])('when a token %s', async (_what, seconds, expectedCalls) => {
    const { cache, calls, pass, last } = await filled();
    pass(seconds);

    const renewed = cache.refreshDue();
    if (calls.length > 1) await last().answer();
    await renewed;

    expect(calls).toHaveLength(expectedCalls);
  });

  test('does not count as a use', async () => {
    const { cache, calls, last, pass } = await filled();
    pass(600);
    const renewed = cache.refreshDue();
    await last().answer();
    await renewed;

    pass(600);
    await cache.refreshDue();

    expect(calls).toHaveLength(2);
  });

  test('never rejects', async () => {
    const { cache, last, pass } = await filled();
    pass(600);

    const renewed = cache.refreshDue();
    await last().fail(unreachable());

    await expect(renewed).resolves.toBeUndefined();
  });

  test('A26: calls no more often than the back-off allows', async () => {
    const { cache, calls, pass, last } = await filled();
    pass(600);
    const renewed = cache.refreshDue();
    await last().fail(unreachable());
    await renewed;

    await cache.refreshDue();
    await cache.refreshDue();

    expect(calls).toHaveLength(2);
  });
});
