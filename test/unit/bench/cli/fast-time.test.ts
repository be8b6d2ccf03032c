import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Runs a script in a process to which a second is an hour. */
function hurried(script: string): unknown {
  const printed = execFileSync(
    process.execPath,
    ['--require', './bench/cli/fast-time.cjs', '--eval', script],
    { env: { FAST_TIME_FROM: String(Date.now() - 1000), FAST_TIME_SPEED: '3600' } },
  );
  return JSON.parse(printed.toString());
}

describe('fast-time.cjs', () => {
  it('makes every date of now as much later as time runs faster', () => {
    const aheadMs = Number(
      hurried('console.log(Math.min(Date.now(), new Date()) - performance.timeOrigin)'),
    );

    expect(aheadMs).toBeGreaterThan(3_500_000);
  });

  it('leaves other dates, and what a Date is, alone', () => {
    const dates = hurried(
      'console.log(JSON.stringify([new Date(0), Date.UTC(1970), new Date() instanceof Date, Date.name]))',
    );

    expect(dates).toEqual(['1970-01-01T00:00:00.000Z', 0, true, 'Date']);
  });

  it('ends timers as much sooner', () => {
    const tookMs = Number(
      hurried(
        'const at = performance.now(); setTimeout(() => console.log(performance.now() - at), 360_000)',
      ),
    );

    expect(tookMs).toBeGreaterThan(95);
    expect(tookMs).toBeLessThan(5_000);
  });
});
