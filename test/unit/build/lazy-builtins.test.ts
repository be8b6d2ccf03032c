import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { lazyBuiltins } from '../../../build/lazy-builtins.ts';

const require = createRequire(import.meta.url);

interface Hasher {
  readonly hashOf: (text: string) => string;
}

/** The fixture as a CommonJS bundle, run with a `require` that notes what it is asked for. */
async function aBundle(): Promise<{ exports: Hasher; required: string[]; text: string }> {
  const fixture = fileURLToPath(new URL('fixtures/hasher.ts', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [fixture],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    plugins: [lazyBuiltins],
  });
  const text = outputFiles[0]?.text ?? '';
  const required: string[] = [];
  const noting = (name: string): unknown => {
    required.push(name);
    return require(name);
  };
  const module: { exports: Hasher } = { exports: { hashOf: () => '' } };
  compileFunction(text, ['require', 'module'])(noting, module);
  return { exports: module.exports, required, text };
}

describe('a module of Node in a bundle', () => {
  it('is loaded by the first call, and not with the bundle', async () => {
    const { exports, required } = await aBundle();
    const before = [...required];

    const hash = exports.hashOf('text');

    expect(before).toEqual([]);
    expect(required).toEqual(['node:crypto']);
    expect(hash).toBe(createHash('sha256').update('text').digest('hex'));
  });

  it('brings nothing that is not imported, so that every Node makes the same bundle', async () => {
    const { text } = await aBundle();

    expect(text).toContain('randomUUID');
    expect(text).not.toMatch(/createHmac|generateKeyPair/);
  });
});
