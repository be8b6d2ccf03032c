import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LayerFile, nodeLayerFiles } from '../../../build/layer-files.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let folder = '';
let files: LayerFile[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-layer-files-'));
  files = await nodeLayerFiles(root, folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The modules that a bundle was made of. */
async function inputsOf(name: string): Promise<string[]> {
  const account = await readFile(join(folder, 'meta', `${name}.json`), 'utf8');
  return Object.keys(JSON.parse(account).inputs);
}

describe('the layer for Node.js runtimes', () => {
  it('has one program, and beside it what that loads', () => {
    expect(files.map(({ path }) => path)).toEqual([
      'extensions/tokenvend',
      'tokenvend/extension.cjs',
      'tokenvend/process-service.cjs',
      'tokenvend/LICENSE',
      'tokenvend/THIRD-PARTY-LICENSES.txt',
    ]);
    expect(files.filter(({ isProgram }) => isProgram)).toHaveLength(1);
  });

  it('registers without the part that serves requests, signs and fetches', async () => {
    const first = await inputsOf('extension');
    const second = await inputsOf('process-service');

    const later = ['layers/extension/service.ts', 'clients/api-client/sign-request.ts'];
    expect(second).toEqual(expect.arrayContaining(later));
    expect(first.filter((path) => later.includes(path) || path.includes('node_modules'))).toEqual(
      [],
    );
  });

  it('loads nothing but node:net and what every Node process has, before it registers', async () => {
    const source = files.find(({ path }) => path === 'tokenvend/extension.cjs')?.source ?? '';
    const text = await readFile(source, 'utf8');

    const atOnce = [...text.matchAll(/=require\("([^"]+)"\)/g)].map(([, name]) => name);

    expect(new Set(atOnce)).toEqual(new Set(['node:net', 'node:fs', 'node:path']));
  });
});
