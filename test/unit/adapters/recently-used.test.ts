import { describe, expect, it } from 'vitest';
import { type RecentlyUsed, recentlyUsed } from '../../../adapters/recently-used.ts';

/** Room for two, taken by `first` and then `second`. */
function aFullOne(): RecentlyUsed<number> {
  const entries = recentlyUsed<number>(2);
  entries.set('first', 1);
  entries.set('second', 2);
  return entries;
}

const contentOf = (entries: RecentlyUsed<number>) =>
  ['first', 'second', 'third'].map((key) => entries.get(key));

describe('recentlyUsed', () => {
  it('keeps as many entries as it has room for', () => {
    expect(contentOf(aFullOne())).toEqual([1, 2, undefined]);
  });

  it('drops the oldest entry for a new one', () => {
    const entries = aFullOne();

    entries.set('third', 3);

    expect(contentOf(entries)).toEqual([undefined, 2, 3]);
  });

  it('keeps an entry that has been read since', () => {
    const entries = aFullOne();

    entries.get('first');
    entries.set('third', 3);

    expect(contentOf(entries)).toEqual([1, undefined, 3]);
  });

  it('keeps an entry that has been written again, and drops none for it', () => {
    const entries = aFullOne();

    entries.set('first', 10);
    expect(contentOf(entries)).toEqual([10, 2, undefined]);

    entries.set('first', 11);
    entries.set('third', 3);
    expect(contentOf(entries)).toEqual([11, undefined, 3]);
  });

  it('has room again once an entry is deleted', () => {
    const entries = aFullOne();

    entries.delete('first');
    entries.set('third', 3);

    expect(contentOf(entries)).toEqual([undefined, 2, 3]);
  });
});
