import { describe, expect, it } from 'vitest';
import { createAwakening } from '../../../../layers/extension/awakening.ts';
import { aClock } from '../../../builders/clock.ts';

function aSleeper() {
  const clock = aClock();
  let monotonicMs = 50_000;
  const sleep = createAwakening({ clock, monotonicMs: () => monotonicMs, quietMs: 6_000 });
  return {
    sleep,
    pass: (seconds: number): void => {
      clock.advance(seconds);
      monotonicMs += seconds * 1000;
    },
    setWall: (seconds: number): void => clock.advance(seconds),
    onlyMonotonic: (seconds: number): void => {
      monotonicMs += seconds * 1000;
    },
  };
}

describe('awakening', () => {
  it('sees nothing in an ordinary moment', () => {
    const { sleep, pass } = aSleeper();

    pass(5);

    expect(sleep()).toBe('none');
  });

  it('sees a freeze in a wall clock that ran on while the other stood still', () => {
    const { sleep, setWall } = aSleeper();

    setWall(1.1);

    expect(sleep()).toBe('frozen');
  });

  it('sees one in a wall clock that was set back, as after a restore', () => {
    const { sleep, setWall } = aSleeper();

    setWall(-3600);

    expect(sleep()).toBe('frozen');
  });

  it('sees one in a monotonic clock that ran on alone', () => {
    const { sleep, onlyMonotonic } = aSleeper();

    onlyMonotonic(2);

    expect(sleep()).toBe('frozen');
  });

  it('takes a pause longer than any call for one that ended them all', () => {
    const { sleep, pass } = aSleeper();

    pass(6.1);

    expect(sleep()).toBe('quiet');
  });

  it('allows for a second between the clocks, and for a pause as long as a call', () => {
    const { sleep, pass, setWall } = aSleeper();

    setWall(1);
    const drifted = sleep();
    pass(6);

    expect([drifted, sleep()]).toEqual(['none', 'none']);
  });

  it('looks at the time since the last look alone', () => {
    const { sleep, pass, setWall } = aSleeper();
    setWall(600);
    sleep();

    pass(1);

    expect(sleep()).toBe('none');
  });
});
