import { describe, expect, it } from 'vitest';
import { markdownTable, textTable } from '../../../bench/table.ts';
import { aMeasurement } from './measurements.ts';

const measurements = [
  aMeasurement(),
  aMeasurement({ name: 'vend: slow', value: 1234.5, ratio: 30.864, budget: 3 }),
  aMeasurement({ name: 'size', value: 246, unit: 'KB', peer: null, ratio: null, budget: 300 }),
  aMeasurement({ name: 'watched', ratio: 2.456, budget: null }),
];

describe('textTable', () => {
  it('lines figures up and gives a verdict where there is a budget', () => {
    expect(textTable(measurements).split('\n')).toEqual([
      'measurement    value   peer   ratio    budget  verdict',
      'vend: warm     80 µs  40 µs     2 ×     ≤ 3 ×      met',
      'vend: slow   1235 µs  40 µs  30.9 ×     ≤ 3 ×   MISSED',
      'size          246 KB                 ≤ 300 KB      met',
      'watched        80 µs  40 µs  2.46 ×',
    ]);
  });
});

describe('markdownTable', () => {
  it('has a row for each measurement, figures to the right', () => {
    expect(markdownTable(measurements.slice(0, 1)).split('\n')).toEqual([
      '| measurement | value | peer | ratio | budget | verdict |',
      '| --- | --: | --: | --: | --: | --- |',
      '| vend: warm | 80 µs | 40 µs | 2 × | ≤ 3 × | met |',
    ]);
  });
});
