import { describe, expect, it } from 'vitest';
import { cpuTimeMs, parseCpuTime } from '../../../bench/cpu-time.ts';

const statOf = (name: string): string =>
  `4711 (${name}) S 1 4711 4711 0 -1 4194304 9000 0 12 0 70 26 900 900 20 0 11 0 8000 1000000 64`;

describe('parseCpuTime', () => {
  it.each(['node', 'a name', 'odd) S 1 2'])('adds user and system time of %j', (name) => {
    expect(parseCpuTime(statOf(name))).toBe(960);
  });

  it('refuses anything else', () => {
    expect(() => parseCpuTime('nothing')).toThrow();
  });
});

describe('cpuTimeMs', () => {
  it('is what this process has computed, as Node counts it', async () => {
    const { user, system } = process.cpuUsage();

    const counted = await cpuTimeMs(process.pid);

    expect(Math.abs(counted - (user + system) / 1000)).toBeLessThan(200);
  });
});
