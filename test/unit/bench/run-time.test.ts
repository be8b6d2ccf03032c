import { describe, expect, it } from 'vitest';
import { parseRunTime, runTimeMs } from '../../../bench/run-time.ts';

describe('parseRunTime', () => {
  it('reads the time on a processor, and not the time in the queue for one', () => {
    expect(parseRunTime('27500000 900000000 12\n')).toBe(27.5);
  });

  it.each(['', '27500000', 'nothing at all\n'])('refuses anything else (%j)', (text) => {
    expect(() => parseRunTime(text)).toThrow();
  });
});

describe('runTimeMs', () => {
  it('is more after this process has computed', () => {
    const before = runTimeMs(process.pid);
    const { user } = process.cpuUsage();
    while (process.cpuUsage().user - user < 20_000);

    expect(runTimeMs(process.pid) - before).toBeGreaterThan(10);
  });
});
