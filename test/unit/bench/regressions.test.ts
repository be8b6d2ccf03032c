import { describe, expect, it } from 'vitest';
import { committedResults, regressionsOf, undisturbedOf } from '../../../bench/regressions.ts';
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

describe('undisturbedOf', () => {
  it('takes each row whole from the run in which its ratio was lower', () => {
    const first = [aRatio(1, 'vend: a'), aRatio(4, 'vend: b')];
    const second = [aRatio(2, 'vend: a'), aRatio(3, 'vend: b')];

    expect(undisturbedOf(first, second)).toEqual([first[0], second[1]]);
  });

  it.each([
    [10, 20],
    [20, 10],
  ])('takes a figure without a ratio by its value: of %d and %d the lower', (before, now) => {
    const [first, second] = [
      aMeasurement({ ratio: null, value: before }),
      aMeasurement({ ratio: null, value: now }),
    ];

    expect(undisturbedOf([first], [second]).map(({ value }) => value)).toEqual([10]);
  });

  it.each([
    [1, 2],
    [2, 1],
  ])('lets no second run take back a call that was made: %d and %d', (before, now) => {
    const counted = { ratio: null, unit: 'calls' } as const;
    const [first, second] = [before, now].map((value) => [aMeasurement({ ...counted, value })]);

    const rows = undisturbedOf(first ?? [], second ?? []);

    expect(rows.map(({ value }) => value)).toEqual([2]);
  });

  it('keeps a row that only the second run has', () => {
    const rows = [aRatio(1, 'vend: new')];

    expect(undisturbedOf([], rows)).toEqual(rows);
  });
});

describe('committedResults', () => {
  it('are those of the last run where no commit holds the file', async () => {
    expect(await committedResults('no-such-file.json', [aMeasurement()])).toEqual([aMeasurement()]);
  });
});
