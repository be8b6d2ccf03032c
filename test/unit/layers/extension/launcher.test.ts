import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aTemporaryFolder } from './builders.ts';

/** A layer of which the program prints its environment, in place of the extension. */
function aLayer({ ownNode }: { readonly ownNode: boolean }): string {
  const root = aTemporaryFolder();
  mkdirSync(join(root, 'extensions'));
  mkdirSync(join(root, 'tokenvend'));
  const launcher = join(root, 'extensions', 'tokenvend');
  copyFileSync('layers/extension/tokenvend.sh', launcher);
  chmodSync(launcher, 0o755);
  const program = 'console.log(JSON.stringify(process.env));';
  writeFileSync(join(root, 'tokenvend', 'extension.cjs'), program);
  if (ownNode) {
    const node = join(root, 'tokenvend', 'node');
    writeFileSync(node, `#!/bin/sh\nOWN_NODE=1 exec ${process.execPath} "$@"\n`);
    chmodSync(node, 0o755);
  }
  return launcher;
}

const PATH = `${join(process.cwd(), 'node_modules/.bin')}:/usr/bin:/bin`;

function startedWith(launcher: string, env: Record<string, string>): Record<string, string> {
  const printed = execFileSync(launcher, { env: { PATH, ...env }, encoding: 'utf8', cwd: '/' });
  return JSON.parse(printed);
}

describe('the launcher', () => {
  it("keeps the function's settings for Node away, and NODE_DEBUG, which prints headers", () => {
    const env = {
      NODE_OPTIONS: '--require /var/task/missing.cjs',
      NODE_DEBUG: 'http',
      NODE_PATH: '/var/task',
      NODE_V8_COVERAGE: '/var/task',
      TOKENVEND_API_URL: 'https://tokens.example.com',
    };

    const seen = startedWith(aLayer({ ownNode: false }), env);

    expect(Object.keys(seen).filter((name) => name.startsWith('NODE_'))).toEqual([]);
    expect(seen.TOKENVEND_API_URL).toBe(env.TOKENVEND_API_URL);
  });

  it('takes the Node beside it before any other', () => {
    expect(startedWith(aLayer({ ownNode: true }), {})).toHaveProperty('OWN_NODE');
    expect(startedWith(aLayer({ ownNode: false }), {})).not.toHaveProperty('OWN_NODE');
  });
});
