import { describe, expect, it } from 'vitest';
import { registryFilesOf } from '../../../../bench/registry/registry-files.ts';
import { costOf } from '../../../../bench/registry/work-cost.ts';
import { loadRegistry } from '../../../../core/registry/load.ts';

describe('the registry that the bench validates', () => {
  it('has as many databases as it should, and nothing to complain of', () => {
    const loaded = loadRegistry(registryFilesOf(300));

    expect(loaded).toMatchObject({ ok: true, warnings: [] });
    expect(loaded.ok && loaded.document.databases.length).toBe(300);
    expect(loaded.ok && loaded.document.members.length).toBe(3);
  });
});

describe('the cost of work', () => {
  it('holds what the heap held meanwhile, kept or not', () => {
    const { result, heapBytes } = costOf(() => {
      let kept: number[][] = [];
      for (let at = 0; at < 20; at++) kept = [...kept, Array.from({ length: 100_000 }, () => at)];
      return kept.length;
    });

    expect(result).toBe(20);
    // Twenty arrays of 100,000 elements of at least four bytes.
    expect(heapBytes).toBeGreaterThan(8_000_000);
  });
});
