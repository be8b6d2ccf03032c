import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { functionNames } from '../../build/function-names.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const metafile = z.object({ inputs: z.record(z.string(), z.unknown()) });

/** Our own sources in a bundle, as esbuild has noted them. */
async function sourcesOf(name: string): Promise<string[]> {
  const text = await readFile(join(root, 'dist', 'meta', `${name}.json`), 'utf8');
  const inputs = Object.keys(metafile.parse(JSON.parse(text)).inputs);
  return inputs.filter((path) => /^(core|adapters|functions|clients)\//.test(path));
}

/** Milliseconds; later than everything for what is no longer there. */
const changedAt = (path: string): Promise<number> =>
  stat(join(root, path)).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );

describe.each(functionNames)('dist/functions/%s', (name) => {
  it('is no older than its sources; else the other tests here say nothing of them', async () => {
    const builtAt = await changedAt(`dist/functions/${name}/index.mjs`);
    const sources = await sourcesOf(name);

    const times = await Promise.all(
      sources.map(async (path) => ({ path, isNewer: (await changedAt(path)) > builtAt })),
    );

    expect(sources).not.toEqual([]);
    expect(times.filter(({ isNewer }) => isNewer)).toEqual([]);
  });
});
