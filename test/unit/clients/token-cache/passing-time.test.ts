import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passingTime } from '../../../../clients/token-cache/passing-time.ts';

/** Two clocks and the truth. Seconds. */
function someClocks() {
  const state = { real: 0, wall: 1_800_000_000, monotonic: 40 };
  const time = passingTime({
    clock: () => new Date(state.wall * 1000),
    monotonicMs: () => state.monotonic * 1000,
  });
  const move = {
    pass: (seconds: number) => {
      state.real += seconds;
      state.wall += seconds;
      state.monotonic += seconds;
    },
    freeze: (seconds: number) => {
      state.real += seconds;
      state.wall += seconds;
    },
    set: (seconds: number) => {
      state.wall += seconds;
    },
  };
  return { state, ...move, seen: () => time().passedMs / 1000 };
}

describe('passingTime', () => {
  test('follows the clocks while they agree', () => {
    const clocks = someClocks();

    clocks.pass(90);

    expect(clocks.seen()).toBe(90);
  });

  test('A19: counts a freeze that the monotonic clock slept through', () => {
    const clocks = someClocks();

    clocks.freeze(3600);

    expect(clocks.seen()).toBe(3600);
  });

  test('goes on when the wall clock is set back', () => {
    const clocks = someClocks();

    clocks.set(-3600);
    clocks.pass(60);

    expect(clocks.seen()).toBe(60);
  });

  test('goes on when the wall clock is set back after a freeze', () => {
    const clocks = someClocks();

    clocks.freeze(3600);
    clocks.seen();
    clocks.set(-3600);
    clocks.pass(60);

    expect(clocks.seen()).toBe(3660);
  });

  test('does not race when it is looked at often and the clocks round differently', () => {
    const clocks = someClocks();

    for (let look = 0; look < 1000; look++) {
      clocks.state.monotonic += 0.0001;
      if (look % 10 === 9) clocks.state.wall += 0.001;
      clocks.seen();
    }

    expect(clocks.seen()).toBeLessThan(0.102);
  });

  test('never counts less than has passed, nor runs back', () => {
    const step = fc.record({
      kind: fc.constantFrom('pass' as const, 'freeze' as const, 'set' as const),
      seconds: fc.integer({ min: 0, max: 90_000 }),
      back: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const clocks = someClocks();
        let before = 0;
        for (const { kind, seconds, back } of steps) {
          clocks[kind](kind === 'set' && back ? -seconds : seconds);
          const seen = clocks.seen();
          expect(seen).toBeGreaterThanOrEqual(Math.max(before, clocks.state.real - 1e-6));
          before = seen;
        }
      }),
    );
  });
});
