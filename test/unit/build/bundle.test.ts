import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BundleRequest,
  bundleCommand,
  bundleFunction,
  functionRequest,
} from '../../../build/bundle.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const fixture = fileURLToPath(new URL('fixtures/function.ts', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-build-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const aRequest = (name: string, entry = fixture): BundleRequest => ({
  root,
  entry,
  outfile: join(folder, name, 'index.mjs'),
  metafile: join(folder, `${name}.json`),
});

describe('bundleFunction', () => {
  it('makes an ES module in which a CommonJS part can require a module of Node', async () => {
    const request = aRequest('runs');
    await bundleFunction(request);

    const module: { handler: () => string } = await import(request.outfile);

    expect(module.handler()).toBe('/ function');
  });

  it('imports neither node:http nor node:https, whose import evaluates fetch as well', async () => {
    const entry = fileURLToPath(new URL('fixtures/http-user.ts', import.meta.url));
    const request = aRequest('http', entry);
    await bundleFunction(request);

    const text = await readFile(request.outfile, 'utf8');
    const module: { kinds: () => Promise<string[]> } = await import(request.outfile);

    expect(text).not.toMatch(/(from|import\()\s*["'](node:)?https?["']/);
    expect(await module.kinds()).toEqual(['function', 'function', 'function']);
  });

  it('leaves the credential chain out, and fails loudly where a client asks for it', async () => {
    const request = aRequest('chain');
    await bundleFunction(request);
    const module: { clientWithoutCredentials: () => unknown } = await import(request.outfile);

    const inputs = Object.keys(JSON.parse(await readFile(request.metafile, 'utf8')).inputs);

    expect(
      inputs.filter((path) => /credential-provider-(ini|sso|node|process)/.test(path)),
    ).toEqual([]);
    expect(() => module.clientWithoutCredentials()).toThrow();
  });

  it('bundles the same bytes again', async () => {
    const [one, two] = [aRequest('one'), aRequest('two')];
    await bundleFunction(one);
    await bundleFunction(two);

    expect(await readFile(one.outfile, 'utf8')).toBe(await readFile(two.outfile, 'utf8'));
    expect(await readFile(one.outfile, 'utf8')).not.toContain(root);
  });

  it('keeps what describes the bundle out of the folder that is deployed', async () => {
    const request = functionRequest(root, 'tokens');

    expect(request.metafile).not.toContain(join('dist', 'functions'));
    expect(request.outfile).toBe(join(root, 'dist/functions/tokens/index.mjs'));
  });

  it('refuses an entry that does not exist', async () => {
    const request = aRequest('absent', join(root, 'functions/absent/index.ts'));

    await expect(bundleFunction(request)).rejects.toThrow();
    await expect(access(request.outfile)).rejects.toThrow();
  });
});

describe('bundleCommand', () => {
  it('makes one CommonJS file, which an ES package needs to see in its name', async () => {
    const request = { ...aRequest('command'), outfile: join(folder, 'command', 'main.cjs') };
    await bundleCommand(request);

    const outputs = JSON.parse(await readFile(request.metafile, 'utf8')).outputs;

    expect(Object.keys(outputs).filter((path) => /\.c?js$/.test(path))).toHaveLength(1);
    expect(await readFile(request.outfile, 'utf8')).not.toMatch(/^import\b/m);
  });
});
