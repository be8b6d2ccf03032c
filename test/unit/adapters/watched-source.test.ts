import { describe, expect, it } from 'vitest';
import { watch } from '../../../adapters/watched-source.ts';
import { aClock } from '../../builders/clock.ts';

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
    const current = watch({ source, clock: aClock(), report: () => {} });
    const asked = Array.from({ length: 50 }, () => current());

    await source.letGo('a');
    const seen = await Promise.all(asked);

    expect(new Set(seen.map(({ value }) => value))).toEqual(new Set(['a']));
    expect(source.counts).toEqual({ looks: 1, reads: 1 });
  });

  it('is looked at once a second, and read only after a change', async () => {
    const source = aSource();
    const clock = aClock();
    const current = watch({ source, clock, report: () => {} });
    const start = current();
    await source.letGo('a');
    await start;

    for (let tenths = 0; tenths < 30; tenths++) {
      clock.advance(0.1);
      await current();
    }

    expect(source.counts).toEqual({ looks: 4, reads: 1 });
  });

  it('shows the old value or the new one, never one in the making', async () => {
    const source = aSource();
    const clock = aClock();
    const current = watch({ source, clock, report: () => {} });
    const start = current();
    await source.letGo('a');
    await start;
    source.change('2');
    clock.advance(1);

    const next = current();
    await source.letGo('b');

    expect((await next).value).toBe('b');
    expect((await start).value).toBe('a');
  });

  it('is not read twice at once, however long the first reading takes', async () => {
    const source = aSource();
    const clock = aClock();
    const current = watch({ source, clock, report: () => {} });
    const start = current();
    clock.advance(60);
    const later = current();

    await source.letGo('a');

    expect((await later).value).toBe((await start).value);
    expect(source.counts.reads).toBe(1);
  });

  it('is sound again when it can be seen again, and each fault in between is reported', async () => {
    const clock = aClock();
    const denied = Object.assign(new Error('denied'), { code: 'EACCES', syscall: 'stat' });
    const looks = [true, false, true, false];
    const reports: string[] = [];
    const current = watch({
      source: {
        fingerprint: async () => (looks.shift() ? 'same' : Promise.reject(denied)),
        read: async () => 'a',
      },
      clock,
      report: (fault) => reports.push(fault),
    });

    const faults: unknown[] = [];
    while (looks.length > 0) {
      faults.push((await current()).fault);
      clock.advance(1);
    }

    expect(faults).toEqual([undefined, 'unreadable', undefined, 'unreadable']);
    expect(reports).toEqual(['unreadable', 'unreadable']);
  });
});
