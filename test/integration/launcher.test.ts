import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aFolder, launcher } from './support/cli-process.ts';

let folder: Awaited<ReturnType<typeof aFolder>>;
beforeEach(async () => {
  folder = await aFolder();
  for (const name of ['bin', 'clients/cli', 'dist/cli']) {
    await mkdir(join(folder.path, name), { recursive: true });
  }
  await copyFile(launcher, join(folder.path, 'bin/tokenvend.js'));
  await put('package.json', '{"type": "module", "version": "1.2.3"}');
});
afterEach(() => folder.remove());

const put = (name: string, text: string): Promise<void> => writeFile(join(folder.path, name), text);

/** What each form of the program says of itself. */
const putSource = (): Promise<void> =>
  put('clients/cli/main.ts', 'export const run = (_: string[]): void => console.log("source");');
const putBundle = (): Promise<void> =>
  put('dist/cli/main.cjs', 'exports.run = () => console.log("bundle");');

/** As Node 20 does, Node 24 reads no TypeScript with this flag. */
const withoutTypes = ['--no-strip-types'];

function launched(flags: readonly string[] = []) {
  const program = join(folder.path, 'bin/tokenvend.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, program], {
    encoding: 'utf8',
  });
  return { status, stdout: stdout.trim(), stderr };
}

describe('the launcher', () => {
  it('runs the source of a clone, also where there is an older bundle', async () => {
    await putSource();
    await putBundle();

    expect(launched()).toMatchObject({ status: 0, stdout: 'source' });
  });

  it('runs the bundle of a clone whose source this Node cannot read', async () => {
    await putSource();
    await putBundle();

    expect(launched(withoutTypes)).toMatchObject({ status: 0, stdout: 'bundle' });
  });

  it('runs the bundle of a package, which has no source', async () => {
    await putBundle();

    expect(launched()).toMatchObject({ status: 0, stdout: 'bundle' });
  });

  it('says what to do where this Node can read neither', async () => {
    await putSource();

    const { status, stderr } = launched(withoutTypes);

    expect(status).toBe(2);
    expect(stderr).toBe('This clone needs Node 24: use npx tokenvend, or npm run build.\n');
  });
});
