import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCaBundles } from '../../../adapters/ca-bundles.ts';
import { leafDressedAsRoot } from './sample-pem.ts';

const script = join(import.meta.dirname, '../../../certificates/update.ts');
let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'certificates-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('node certificates/update.ts', () => {
  it('builds a folder that the adapter can serve, without a network', async () => {
    const end = await run('--from-npm', '--directory', directory);

    const bundles = createCaBundles({ directory });
    expect(end.exitCode).toBe(0);
    expect(bundles.names()).toEqual(
      expect.arrayContaining(['amazon-roots', 'eu-west-1', 'global', 'us-east-1']),
    );
    for (const name of bundles.names()) expect(bundles.find(name)?.pem).toMatch(/^-----BEGIN/);
  });

  it('ends with 1 and touches nothing when a source is refused', async () => {
    const empty = mkdtempSync(join(directory, 'empty-'));
    const leaf = join(directory, 'leaf.txt');
    writeFileSync(leaf, leafDressedAsRoot);

    const end = await run('--from-file', leaf, '--directory', empty, 'eu-west-1');

    expect(end).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('not-a-ca') });
    expect(readdirSync(empty)).toEqual([]);
  });

  it.each([[['--force']], [['--from-file', '/nowhere.pem', 'eu-west-1']]])(
    'ends with 2 when it is called with %j',
    async (args) => {
      expect(await run(...args, '--directory', directory)).toMatchObject({ exitCode: 2 });
    },
  );
});

function run(...args: string[]): Promise<{ exitCode: number | null; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_error, _stdout, stderr) => {
      resolve({ exitCode: child.exitCode, stderr });
    });
  });
}
