import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgets, measure, overBudget, sizeTable } from '../../../build/sizes.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-sizes-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function aBundleOf(bytes: number): Promise<string> {
  const file = join(folder, 'index.mjs');
  await writeFile(file, 'a'.repeat(bytes));
  return file;
}

describe('measure', () => {
  it('counts bytes as they are and as they travel', async () => {
    const file = await aBundleOf(5_000);

    const size = await measure('functions/public', file);

    expect(size).toEqual({
      name: 'functions/public',
      bytes: 5_000,
      gzipBytes: gzipSync('a'.repeat(5_000), { level: 9 }).length,
    });
  });
});

describe('overBudget', () => {
  it('gives the tokens function 300 KB and not a byte more', async () => {
    const fits = await measure('functions/tokens', await aBundleOf(300_000));
    const exceeds = await measure('functions/tokens', await aBundleOf(300_001));

    expect(overBudget([fits])).toEqual([]);
    expect(overBudget([fits, exceeds])).toEqual([exceeds]);
  });

  it('sets no limit where none is agreed', async () => {
    const size = await measure('functions/public', await aBundleOf(400_000));

    expect(overBudget([size])).toEqual([]);
    expect([...budgets.keys()]).toEqual(['functions/tokens']);
  });
});

describe('sizeTable', () => {
  it('shows each bundle on its line, with its budget', () => {
    const table = sizeTable([
      { name: 'functions/tokens', bytes: 211_107, gzipBytes: 64_250, budgetBytes: 300_000 },
      { name: 'cli', bytes: 40_000, gzipBytes: 12_000 },
    ]);

    expect(table.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['bundle', 'minified', 'gzip', 'budget'],
      ['functions/tokens', '211.1 KB', '64.3 KB', '300.0 KB'],
      ['cli', '40.0 KB', '12.0 KB'],
    ]);
  });
});
