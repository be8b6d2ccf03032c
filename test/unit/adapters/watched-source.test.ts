import { describe, expect, it } from 'vitest';
import { watch } from '../../../adapters/watched-source.ts';

/** A source whose reading waits until it is let go. */
function aSource() {
  const waiting: ((value: string) => void)[] = [];
  const counts = { looks: 0, reads: 0 };
  let fingerprint = '1';
  return {
    counts,
    change: (text: string) => {
      fingerprint = text;
    },
    letGo: async (value: string) => {
      await Promise.resolve();
      await Promise.resolve();
      waiting.shift()?.(value);
    },
    fingerprint: async () => {
      counts.looks += 1;
      return fingerprint;
    },
    read: () => {
      counts.reads += 1;
      return new Promise<string>((resolve) => waiting.push(resolve));
    },
  };
}

describe('a watched source', () => {
  it('is read once for all who ask at the same time', async () => {
    const source = aSource();
    const current = watch({ source, clock: () => new Date(0), report: () => {} });
    const asked = Array.from({ length: 50 }, () => current());

    await source.letGo('a');
    const seen = await Promise.all(asked);

    expect(new Set(seen.map(({ value }) => value))).toEqual(new Set(['a']));
    expect(source.counts).toEqual({ looks: 1, reads: 1 });
  });

  it('is looked at once a second, and read only after a change', async () => {
    const source = aSource();
    let nowMs = 0;
    const current = watch({ source, clock: () => new Date(nowMs), report: () => {} });
    const start = current();
    await source.letGo('a');
    await start;

    for (nowMs = 100; nowMs <= 3_000; nowMs += 100) await current();

    expect(source.counts).toEqual({ looks: 4, reads: 1 });
  });

  it('shows the old value or the new one, never one in the making', async () => {
    const source = aSource();
    let nowMs = 0;
    const current = watch({ source, clock: () => new Date(nowMs), report: () => {} });
    const start = current();
    await source.letGo('a');
    await start;
    source.change('2');
    nowMs = 1_000;

    const next = current();
    await source.letGo('b');

    expect((await next).value).toBe('b');
    expect((await start).value).toBe('a');
  });
});
