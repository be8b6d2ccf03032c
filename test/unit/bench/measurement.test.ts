import { describe, expect, it } from 'vitest';
import { absolute, compared, isMissed, parseMeasurements } from '../../../bench/measurement.ts';
import { aMeasurement } from './measurements.ts';

describe('compared', () => {
  it('gives the ratio of the figures before they are rounded', () => {
    const measured = compared('warm', 'µs', { value: 100.006, peer: 30.0004 }, 3);

    expect(measured).toEqual({
      name: 'warm',
      value: 100,
      unit: 'µs',
      peer: 30,
      ratio: 3.333,
      budget: 3,
    });
  });
});

describe('absolute', () => {
  it('has neither peer nor ratio', () => {
    expect(absolute('calls', 'calls', 1)).toEqual({
      name: 'calls',
      value: 1,
      unit: 'calls',
      peer: null,
      ratio: null,
      budget: null,
    });
  });
});

describe('isMissed', () => {
  it.each([
    ['a ratio at its budget', { ratio: 3 }, false],
    ['a ratio over its budget', { ratio: 3.001 }, true],
    ['a value far over what bounds its ratio', { value: 1_000, ratio: 2 }, false],
    ['a value at its budget, without a ratio', { value: 3, peer: null, ratio: null }, false],
    ['a value over its budget, without a ratio', { value: 4, peer: null, ratio: null }, true],
    ['any ratio without a budget', { ratio: 1_000, budget: null }, false],
  ])('judges %s', (_, parts, missed) => {
    expect(isMissed(aMeasurement(parts))).toBe(missed);
  });
});

describe('parseMeasurements', () => {
  it('takes what was measured, through JSON', () => {
    const measured = [aMeasurement(), aMeasurement({ peer: null, ratio: null, budget: null })];

    expect(parseMeasurements(JSON.parse(JSON.stringify(measured)))).toEqual(measured);
  });

  it.each([
    ['no list', aMeasurement()],
    ['nothing at all', undefined],
    ['an entry that is none', [null]],
    ['a member too many', [{ ...aMeasurement(), note: '' }]],
    ['a member too few', [{ name: 'a', value: 1, unit: 'µs', peer: null, ratio: null }]],
    ['a member under another name', [{ ...aMeasurement(), budget: undefined, limit: 3 }]],
    ['a figure as text', [{ ...aMeasurement(), value: '80' }]],
    ['a figure that is none', [{ ...aMeasurement(), ratio: Number.NaN }]],
    ['another unit', [{ ...aMeasurement(), unit: 'parsecs' }]],
    ['no name', [{ ...aMeasurement(), name: '' }]],
  ])('refuses %s', (_, value) => {
    expect(() => parseMeasurements(value)).toThrow();
  });
});
