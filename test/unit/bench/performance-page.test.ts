import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isMissed, parseMeasurements } from '../../../bench/measurement.ts';
import { performancePage } from '../../../bench/performance-page.ts';
import { suites } from '../../../bench/suites.ts';
import { markdownTable } from '../../../bench/table.ts';
import { aMeasurement } from './measurements.ts';

const file = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('performancePage', () => {
  it('puts the table between the markers, and leaves the rest as it is', () => {
    const page = 'before\n<!-- results -->\nold\n<!-- /results -->\nafter\n';

    expect(performancePage(page, [aMeasurement()])).toBe(
      `before\n<!-- results -->\n${markdownTable([aMeasurement()])}\n<!-- /results -->\nafter\n`,
    );
  });

  it.each(['nothing', '<!-- results -->', '<!-- /results --><!-- results -->'])(
    'refuses a page with %s for markers',
    (page) => {
      expect(() => performancePage(page, [])).toThrow();
    },
  );
});

describe('bench/results.json', () => {
  const results = parseMeasurements(JSON.parse(file('bench/results.json')));

  it.each([...suites.keys()])('holds figures of the suite %s', (suite) => {
    expect(results.filter(({ name }) => name.startsWith(`${suite}: `))).not.toEqual([]);
  });

  it('names each measurement once', () => {
    expect(new Set(results.map(({ name }) => name)).size).toBe(results.length);
  });

  it('has a ratio wherever it has a peer, and the ratio of the two', () => {
    for (const { value, peer, ratio } of results) {
      if (peer === null) expect(ratio).toBeNull();
      else expect(ratio).toBeCloseTo(value / peer, 2);
    }
  });

  it('was kept from a run that met its budgets', () => {
    expect(results.filter(isMissed)).toEqual([]);
  });

  it('is what docs/performance.md shows', () => {
    const page = file('docs/performance.md');

    expect(page).toBe(performancePage(page, results));
  });
});
