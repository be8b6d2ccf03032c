import { describe, expect, it } from 'vitest';
import { slopeOf } from '../../../../bench/load/slope.ts';

const line = (growth: number) => [0, 1, 2, 3, 4].map((x) => ({ x, y: 7 + growth * x }));

describe('slopeOf', () => {
  it.each([-2, 0, 0.5, 30])('finds the growth of %d in a straight line', (growth) => {
    expect(slopeOf(line(growth))).toBeCloseTo(growth);
  });

  it('follows a last point that is off less than the difference of the ends does', () => {
    const points = [...line(0).slice(0, 4), { x: 4, y: 17 }];

    expect(slopeOf(points)).toBeGreaterThan(0);
    expect(slopeOf(points)).toBeLessThan(10 / 4 + 0.1);
  });

  it.each([
    [[]],
    [[{ x: 1, y: 1 }]],
    [
      [
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ],
    ],
  ])('refuses %j, which have none', (points) => {
    expect(() => slopeOf(points)).toThrow();
  });
});
