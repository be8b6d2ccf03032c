import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inTurn, timePerCall } from '../../../../bench/load/at-once.ts';

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

describe('inTurn', () => {
  it('takes the fastest round of each, without the first', async () => {
    const [subjects, peers] = [
      [0.5, 2, 3, 4],
      [5, 30, 20, 40],
    ];

    const figures = await inTurn(
      { subject: async () => subjects.shift() ?? 0, peer: async () => peers.shift() ?? 0 },
      3,
    );

    expect(figures).toEqual({ value: 2, peer: 20 });
  });
});
