import { expect, it } from 'vitest';
import { fastestOf } from '../../../bench/fastest.ts';

it('takes the fastest run of each, all of them in turn', async () => {
  const order: string[] = [];
  const runsOf =
    (name: string, ...times: number[]) =>
    async () => {
      order.push(name);
      return times.shift() ?? Number.NaN;
    };

  const fastest = await fastestOf([runsOf('a', 9, 3, 5), runsOf('b', 2, 8, 7)], 3);

  expect(fastest).toEqual([3, 2]);
  expect(order.join('')).toBe('ababab');
});
