import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { timePerCall } from '../../../../bench/load/at-once.ts';

describe('timePerCall', () => {
  it.each([
    [1, 1],
    [10, 3],
    [3, 10],
  ])('makes %d calls, each once, at most %d at any time', async (calls, atOnce) => {
    const made: number[] = [];
    let [underWay, most] = [0, 0];
    const call = async (at: number): Promise<void> => {
      most = Math.max(most, ++underWay);
      await turn();
      made.push(at);
      underWay--;
    };

    const microseconds = await timePerCall(call, { calls, atOnce });

    expect(made.sort((one, other) => one - other)).toEqual(
      Array.from({ length: calls }, (_, at) => at),
    );
    expect(most).toBe(Math.min(calls, atOnce));
    expect(microseconds).toBeGreaterThan(0);
  });

  it('rejects where a call does', async () => {
    const failing = () => Promise.reject(new Error('refused'));

    await expect(timePerCall(failing, { calls: 4, atOnce: 2 })).rejects.toBeInstanceOf(Error);
  });
});
