import { describe, expect, it } from 'vitest';
import { committedResults, lowerOf, regressionsOf } from '../../../bench/regressions.ts';
import { aMeasurement } from './measurements.ts';

const aRatio = (ratio: number | null, name = 'vend: warm') => aMeasurement({ name, ratio });

describe('regressionsOf', () => {
  it.each([
    [2, 3, true],
    [2, 2.99, false],
    [2, 1, false],
    [0.2, 0.31, true],
  ])('a committed ratio of %d, and %d now: %s', (before, now, isWorse) => {
    const found = regressionsOf([aRatio(before)], [aRatio(now)]);

    expect(found).toEqual(isWorse ? [{ name: 'vend: warm', ratio: now, before }] : []);
  });

  it.each([
    ['a row that is new', [], [aRatio(9)]],
    ['a figure that has no peer', [aRatio(null)], [aRatio(null)]],
    ['a row that got its peer now', [aRatio(null)], [aRatio(9)]],
    ['a row that is gone', [aRatio(1)], []],
  ])('holds nothing against %s', (_what, before, now) => {
    expect(regressionsOf(before, now)).toEqual([]);
  });
});

describe('lowerOf', () => {
  it('takes each row whole from the run in which its ratio was lower', () => {
    const first = [aRatio(1, 'vend: a'), aRatio(4, 'vend: b')];
    const second = [aRatio(2, 'vend: a'), aRatio(3, 'vend: b')];

    expect(lowerOf(first, second)).toEqual([first[0], second[1]]);
  });

  it('takes figures without a ratio from the second run', () => {
    const [first, second] = [
      aMeasurement({ ratio: null, value: 1 }),
      aMeasurement({ ratio: null }),
    ];

    expect(lowerOf([first], [second])).toEqual([second]);
  });
});

describe('committedResults', () => {
  it('are those of the last run where no commit holds the file', async () => {
    expect(await committedResults('no-such-file.json', [aMeasurement()])).toEqual([aMeasurement()]);
  });
});
