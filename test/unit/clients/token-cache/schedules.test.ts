import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { countFrom } from '../../../builders/counts.ts';
import { aSimulation, type Step } from './a-simulation.ts';

const seconds = (max: number) => fc.integer({ min: 1, max });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('use' as const), callers: seconds(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('use-fresh' as const), callers: seconds(3) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: seconds(400) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: seconds(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('freeze' as const), seconds: seconds(86_400) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('freeze' as const), seconds: seconds(10) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set-clock' as const),
      seconds: fc.integer({ min: -4000, max: 4000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('api' as const),
      mood: fc.constantFrom('well', 'failing', 'throttling', 'refusing', 'hanging', 'stingy'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refresh-due' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('thaw' as const) }) },
);

const schedules = countFrom('FREEZE_SCHEDULES', 300, 60);

describe('a token cache, whatever happens', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test(
    'A19, A25, A26: hands out no dead token, calls once at a time and seldom, and recovers',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer(), async (steps, seed) => {
          vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
          const simulation = aSimulation(seed);

          for (const one of steps) await simulation.take(one);
          const recovered = await simulation.recover();

          expect(simulation.deadTokens()).toEqual([]);
          expect(simulation.mostCallsAtOnce()).toBeLessThanOrEqual(1);
          expect(simulation.mostCallsInAMinute()).toBeLessThanOrEqual(20);
          expect(recovered).toBe(true);
          vi.useRealTimers();
        }),
        { numRuns: schedules.times },
      );
    },
    schedules.timeoutMs,
  );
});
