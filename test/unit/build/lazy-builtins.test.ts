import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { type BuildOptions, build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { lazyBuiltins } from '../../../build/lazy-builtins.ts';

const require = createRequire(import.meta.url);

const options = {
  entryPoints: [fileURLToPath(new URL('fixtures/hasher.ts', import.meta.url))],
  bundle: true,
  platform: 'node',
  write: false,
  plugins: [lazyBuiltins],
} as const satisfies BuildOptions;

interface Hasher {
  readonly hashOf: (text: string) => string;
}

/** The fixture as a CommonJS bundle, run in a process that notes which modules it is asked for. */
async function aBundle(): Promise<{ exports: Hasher; required: string[]; text: string }> {
  const { outputFiles } = await build({ ...options, format: 'cjs' });
  const text = outputFiles[0]?.text ?? '';
  const required: string[] = [];
  const noting = (name: string): unknown => {
    required.push(name);
    return require(name);
  };
  const module: { exports: Hasher } = { exports: { hashOf: () => '' } };
  const process = { getBuiltinModule: noting };
  compileFunction(text, ['require', 'module', 'process'])(noting, module, process);
  return { exports: module.exports, required, text };
}

describe('a module of Node in a bundle', () => {
  it('is loaded by the first call, and not with the bundle', async () => {
    const { exports, required } = await aBundle();
    const before = [...required];

    const hash = exports.hashOf('text');
    exports.hashOf('another');

    expect(before).toEqual([]);
    // Once, however often it is called.
    expect(required).toEqual(['node:crypto']);
    expect(hash).toBe(createHash('sha256').update('text').digest('hex'));
  });

  it('is loaded in the same way by an ES module, which has no require', async () => {
    const { outputFiles } = await build({ ...options, format: 'esm' });
    const text = outputFiles[0]?.text ?? '';

    expect(text).toContain('getBuiltinModule("node:crypto")');
    expect(text).not.toMatch(/^import|require/m);
  });

  it('brings nothing that is not imported, so that every Node makes the same bundle', async () => {
    const { text } = await aBundle();

    expect(text).toContain('randomUUID');
    expect(text).not.toMatch(/createHmac|generateKeyPair/);
  });
});
