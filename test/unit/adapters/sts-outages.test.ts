import { describe, expect, it } from 'vitest';
import { createStsOutages } from '../../../adapters/sts-outages.ts';
import { aClock } from '../../builders/clock.ts';

const failure = (name: string) => new Error(name);

/** What `check` throws, if anything. */
function outages() {
  const clock = aClock();
  const { check, noteFailure } = createStsOutages({ clock, maxTargets: 100 });
  const refused = (key: string): unknown => {
    try {
      check(key);
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const fail = (key: string, times: number) => {
    for (let time = 0; time < times; time++) noteFailure(key, failure(`${key} ${time}`));
  };
  return { clock, refused, fail };
}

describe('A24: the outages', () => {
  it('let one target try five times, and once more every 2 s', () => {
    const { clock, refused, fail } = outages();

    fail('target', 4);
    expect(refused('target')).toBeUndefined();
    fail('target', 1);
    expect(refused('target')).toEqual(failure('target 0'));
    clock.advance(1.9);
    expect(refused('target')).toBeDefined();
    clock.advance(0.1);
    expect(refused('target')).toBeUndefined();
  });

  it('let all targets together try twenty times, and twice more a second', () => {
    const { clock, refused, fail } = outages();

    for (let at = 0; at < 20; at++) fail(`target-${at}`, 1);

    expect(refused('one more')).toEqual(failure('target-19 0'));
    clock.advance(0.5);
    expect(refused('one more')).toBeUndefined();
  });

  it('spend nothing by a look', () => {
    const { refused, fail } = outages();
    fail('target', 4);

    for (let look = 0; look < 10; look++) refused('target');

    expect(refused('target')).toBeUndefined();
  });

  it('A19: last no longer for a clock that went back', () => {
    const { clock, refused, fail } = outages();
    fail('target', 5);
    clock.advance(-3600);

    expect(refused('target')).toBeDefined();
    clock.advance(2);
    expect(refused('target')).toBeUndefined();
  });
});
