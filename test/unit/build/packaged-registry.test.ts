import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compilerOf, findRegistry, packageRegistry } from '../../../build/packaged-registry.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tokenvend-package-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('findRegistry', () => {
  it('takes what TOKENVEND_REGISTRY names before registry.yaml', async () => {
    await writeFile(join(root, 'registry.yaml'), '');
    await mkdir(join(root, 'other'));

    const source = await findRegistry(root, { TOKENVEND_REGISTRY: 'other' });

    expect(source).toEqual({ path: join(root, 'other'), isExample: false });
  });

  it('takes registry.yaml before the example', async () => {
    await writeFile(join(root, 'registry.yaml'), '');

    expect(await findRegistry(root, { TOKENVEND_REGISTRY: '' })).toEqual({
      path: join(root, 'registry.yaml'),
      isExample: false,
    });
  });

  it('falls back on the example, and says so', async () => {
    expect(await findRegistry(root, {})).toEqual({
      path: join(root, 'examples/registry'),
      isExample: true,
    });
  });

  it('does not put the example in the place of a registry that was named', async () => {
    await expect(findRegistry(root, { TOKENVEND_REGISTRY: 'absent.yaml' })).rejects.toThrow();
  });
});

describe('packageRegistry', () => {
  it('compiles once and gives every function the same bytes', async () => {
    const folders = ['authorizer', 'tokens', 'databases'].map((name) => join(root, name));
    for (const folder of folders) await mkdir(folder);
    const compiled: string[] = [];
    const compile = async (source: string, outfile: string): Promise<void> => {
      compiled.push(source);
      await writeFile(outfile, `compiled from ${source}, run ${compiled.length}`);
    };

    await packageRegistry(compile, 'registry.yaml', folders);

    for (const folder of folders) {
      const packaged = await readFile(join(folder, 'registry.json'), 'utf8');
      expect(packaged).toBe('compiled from registry.yaml, run 1');
    }
  });

  it('fails when the registry does not compile', async () => {
    const compile = () => Promise.reject(new Error('2 problems'));

    await expect(packageRegistry(compile, 'registry.yaml', [root])).rejects.toThrow('2 problems');
  });
});

describe('compilerOf', () => {
  it('asks the command line for one compiled file', async () => {
    const asked: string[] = [];
    const compile = compilerOf(async (args) => {
      asked.push(args.join(' '));
      return 0;
    });

    await compile('registry.yaml', 'out.json');

    expect(asked).toEqual(['registry compile registry.yaml --out out.json']);
  });

  it('does not take a registry with problems for a compiled one', async () => {
    await expect(compilerOf(async () => 2)('registry.yaml', 'out.json')).rejects.toThrow();
  });
});
