import { lstat, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolders } from '../../../../clients/agent/make-folders.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-folders-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('makes a folder and those above it, also at the same time as another', async () => {
  const path = join(folder, 'a', 'b', 'c');

  await Promise.all([makeFolders(path, 0o755), makeFolders(path, 0o755)]);

  expect((await lstat(path)).isDirectory()).toBe(true);
});

it('takes a link to a folder for one: it is where the user wants it', async () => {
  await symlink('.', join(folder, 'link'));

  await makeFolders(join(folder, 'link', 'a'), 0o755);

  expect((await lstat(join(folder, 'a'))).isDirectory()).toBe(true);
});

it('gives up where a file is in the way', async () => {
  await writeFile(join(folder, 'file'), '');

  await expect(makeFolders(join(folder, 'file', 'a'), 0o755)).rejects.toMatchObject({
    reason: 'folder-unwritable',
  });
});

it('gives up where the system has no place for folders', async () => {
  await expect(makeFolders('/proc/tokenvend', 0o755)).rejects.toMatchObject({
    reason: 'folder-unwritable',
    systemCode: 'ENOENT',
  });
});
