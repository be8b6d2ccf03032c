import { describe, expect, it } from 'vitest';
import { parseMemory, processMemory } from '../../../bench/process-memory.ts';

const rollup = `55d0c0a00000-7ffd3b5f2000 ---p 00000000 00:00 0                          [rollup]
Rss:               62500 kB
Pss:               21034 kB
Pss_Anon:          14000 kB
Private_Dirty:     13824 kB
Anonymous:         15625 kB
LazyFree:              0 kB
`;

describe('parseMemory', () => {
  it('counts megabytes of 1,000,000 bytes, where Linux counts kilobytes of 1,024', () => {
    expect(parseMemory(rollup)).toEqual({ anonymousMb: 16, residentMb: 64 });
  });

  it.each(['', 'Rss: 1 kB\n', 'Pss_Anon: 1 kB\nRss: 1 kB\n'])('refuses %j', (text) => {
    expect(() => parseMemory(text)).toThrow();
  });
});

describe('processMemory', () => {
  it('finds what a process has written to among what it holds', async () => {
    const before = await processMemory(process.pid);
    const mine = Buffer.alloc(32_000_000, 1);

    const { anonymousMb, residentMb } = await processMemory(process.pid);

    expect(anonymousMb - before.anonymousMb).toBeGreaterThan(mine.length / 2_000_000);
    expect(residentMb).toBeGreaterThan(anonymousMb);
  });
});
