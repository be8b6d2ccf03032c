import { describe, expect, it } from 'vitest';
import {
  distribution,
  lowerQuartile,
  median,
  percentile,
  sideBySide,
} from '../../../bench/side-by-side.ts';

describe('sideBySide', () => {
  it('calls both in turn, in one round more than counts', async () => {
    const calls: string[] = [];
    const called = (name: string) => async () => calls.push(name);

    await sideBySide({ subject: called('subject'), peer: called('peer') }, { rounds: 2, calls: 2 });

    expect(calls).toEqual(Array(6).fill(['peer', 'subject']).flat());
  });

  it('waits for each call before it makes the next', async () => {
    let running = 0;
    const overlaps: boolean[] = [];
    const call = async () => {
      running += 1;
      await Promise.resolve();
      overlaps.push(running > 1);
      running -= 1;
    };

    await sideBySide({ subject: call, peer: call }, { rounds: 1, calls: 3 });

    expect(overlaps).not.toContain(true);
  });

  it('fails with a call that fails: half a figure is none', async () => {
    const failing = () => Promise.reject(new TypeError('not vended'));

    const measuring = sideBySide(
      { subject: failing, peer: async () => undefined },
      { rounds: 1, calls: 1 },
    );

    await expect(measuring).rejects.toBeInstanceOf(TypeError);
  });
});

describe('distribution', () => {
  it('shows the slow calls beside the ordinary ones', async () => {
    let calls = 0;
    const everyTenthWaits = async () => {
      calls += 1;
      if (calls % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    };

    const { p50, p99 } = await distribution(
      { subject: everyTenthWaits, peer: async () => undefined },
      { rounds: 3, calls: 20 },
    );

    expect(p50.value).toBeLessThan(10_000);
    expect(p99.value).toBeGreaterThan(15_000);
    expect(p99.peer).toBeLessThan(10_000);
  });
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);

  it.each([
    [99, 99],
    [100, 100],
    [50, 50],
    [1, 1],
  ])('%d of 1 to 100 is %d', (percent, expected) => {
    expect(percentile(hundred, percent)).toBe(expected);
  });

  it('has none for nothing', () => {
    expect(() => percentile([], 99)).toThrow();
  });
});

describe('median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[10, 2, 1_000, 4], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];

    median(values);

    expect(values).toEqual([3, 1, 2]);
  });

  it('has none for nothing', () => {
    expect(() => median([])).toThrow();
  });
});

describe('lowerQuartile', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5, 3], 1],
    [[8, 7, 6, 5, 4, 3, 2, 1], 2],
    [[5, 4, 3, 2, 1], 2],
  ])('of %j is %d', (values, expected) => {
    expect(lowerQuartile(values)).toBe(expected);
  });

  it('has none for nothing', () => {
    expect(() => lowerQuartile([])).toThrow();
  });
});
