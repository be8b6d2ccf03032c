import { describe, expect, it } from 'vitest';
import { createCallerLimits } from '../../../adapters/caller-limits.ts';
import { aClock } from '../../builders/clock.ts';

const limits = (maxBuckets = 10_000) => {
  const clock = aClock();
  const { take } = createCallerLimits({ clock, maxBuckets });
  const allowed = (count: number, caller: string, target: (index: number) => string): number => {
    let taken = 0;
    for (let index = 0; index < count; index++) {
      try {
        take(caller, target(index));
        taken += 1;
      } catch {}
    }
    return taken;
  };
  return { take, clock, allowed };
};

const throttled = (retryAfterSeconds: number) =>
  expect.objectContaining({ code: 'THROTTLED', reason: 'caller-throttled', retryAfterSeconds });

describe('A24: the limits', () => {
  it('give one target five calls, and one more every 30 s', () => {
    const { take, clock, allowed } = limits();

    expect(allowed(10, 'caller', () => 'target')).toBe(5);
    expect(() => take('caller', 'target')).toThrow(throttled(30));
    clock.advance(29);
    expect(() => take('caller', 'target')).toThrow(throttled(1));
    clock.advance(1);
    expect(allowed(10, 'caller', () => 'target')).toBe(1);
  });

  it('give one caller a hundred calls for all its targets, and ten more a second', () => {
    const { take, clock, allowed } = limits();

    expect(allowed(300, 'caller', (index) => `target-${index}`)).toBe(100);
    expect(() => take('caller', 'one-more')).toThrow(throttled(1));
    clock.advance(1);
    expect(allowed(300, 'caller', (index) => `again-${index}`)).toBe(10);
  });

  it('A19: keep their word, though the clock went back before', () => {
    const { take, clock, allowed } = limits();
    allowed(5, 'caller', () => 'target');
    clock.advance(-3600);

    expect(() => take('caller', 'target')).toThrow(throttled(30));
    clock.advance(30);
    expect(allowed(10, 'caller', () => 'target')).toBe(1);
  });

  it('spend nothing of a target that is refused for its caller, and the other way round', () => {
    const { take, clock, allowed } = limits();
    allowed(100, 'caller', (index) => `target-${index}`);

    expect(allowed(50, 'caller', () => 'target')).toBe(0);
    clock.advance(1);
    expect(allowed(50, 'caller', () => 'target')).toBe(5);
    expect(() => take('caller', 'target')).toThrow(throttled(30));
    expect(allowed(50, 'caller', (index) => `other-${index}`)).toBe(5);
  });

  it('have who lacks both wait for the one that takes longer', () => {
    const { take, allowed } = limits();
    allowed(5, 'caller', () => 'target');
    allowed(95, 'caller', (index) => `target-${index}`);

    expect(() => take('caller', 'target')).toThrow(throttled(30));
  });

  it('take both permits back, and no more than there were', () => {
    const { take, allowed } = limits();

    for (let call = 0; call < 200; call++) take('caller', 'target').giveBack();
    const permit = take('caller', 'target');
    permit.giveBack();
    permit.giveBack();

    expect(allowed(10, 'caller', () => 'target')).toBe(5);
    expect(allowed(300, 'caller', (index) => `target-${index}`)).toBe(95);
  });

  it('leave other callers alone', () => {
    const { allowed } = limits();

    allowed(1000, 'noisy', (index) => `noisy-${index}`);

    expect(allowed(5, 'quiet', () => 'quiet-target')).toBe(5);
  });

  it('do not mix up a caller and a target of the same name', () => {
    const { allowed } = limits();

    allowed(10, 'x', () => 'name');

    expect(allowed(50, 'name', (index) => `y-${index}`)).toBe(50);
  });

  it('are remembered for a bounded number of callers', () => {
    const { allowed } = limits(2);

    expect(allowed(5000, 'caller', (index) => `t-${index}`)).toBeLessThan(5000);
  });
});
