import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMeasurements } from '../../../bench/measurement.ts';
import { performanceChart } from '../../../bench/performance-chart.ts';
import { aMeasurement } from './measurements.ts';

const file = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const barsOf = (chart: string): [string, number][] =>
  [...chart.matchAll(/<rect class="(\w+)".* width="(\d+)"/g)].map(([, verdict = '', length]) => [
    verdict,
    Number(length),
  ]);

const aRatio = (ratio: number, budget: number | null = 2) => aMeasurement({ ratio, budget });

describe('performanceChart', () => {
  it('draws the part of its budget that each ratio uses up', () => {
    const chart = performanceChart([aRatio(1), aRatio(2), aRatio(2.2)]);

    expect(barsOf(chart)).toEqual([
      ['met', 100],
      ['met', 200],
      ['missed', 220],
    ]);
  });

  it('ends a bar at its right side, however far over the budget it is', () => {
    expect(barsOf(performanceChart([aRatio(100)]))).toEqual([['missed', 300]]);
  });

  it('leaves out what has no ratio or no budget', () => {
    const rows = [aRatio(1, null), aMeasurement({ ratio: null, peer: null })];

    expect(barsOf(performanceChart(rows))).toEqual([]);
  });

  it('is well-formed, whatever a name holds', () => {
    const chart = performanceChart([aMeasurement({ name: 'vend: <a> & b' })]);

    expect(chart).toContain('>vend: &lt;a&gt; &amp; b</text>');
  });

  it('is the same for the same results', () => {
    expect(performanceChart([aRatio(1)])).toBe(performanceChart([aRatio(1)]));
  });
});

describe('docs/performance.svg', () => {
  it('is what bench/results.json comes to', () => {
    const results = parseMeasurements(JSON.parse(file('bench/results.json')));

    expect(file('docs/performance.svg')).toBe(performanceChart(results));
  });

  it('is shown on docs/performance.md', () => {
    expect(file('docs/performance.md')).toContain('(performance.svg)');
  });
});
