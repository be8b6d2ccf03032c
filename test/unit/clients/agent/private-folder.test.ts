import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ensurePrivateFolder, removeAbandoned } from '../../../../clients/agent/private-folder.ts';
import { secondsAfter } from '../../../builders/clock.ts';

const isRoot = process.getuid?.() === 0;

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tokenvend-folder-'));
  folder = join(parent, 'orders');
});
afterEach(() => rm(parent, { recursive: true }));

describe('a folder for secrets', () => {
  it.each([
    [0o600, 0o700],
    [0o640, 0o750],
    [0o644, 0o755],
  ])('for files of mode %o is made with mode %o', async (fileMode, mode) => {
    await ensurePrivateFolder(folder, fileMode);

    expect((await lstat(folder)).mode & 0o777).toBe(mode);
  });

  it.each([0o077, 0o000])('has that mode whatever the umask is (%o)', async (umask) => {
    const before = process.umask(umask);
    onTestFinished(() => void process.umask(before));

    await ensurePrivateFolder(folder, 0o640);

    expect((await lstat(folder)).mode & 0o777).toBe(0o750);
  });

  it('keeps the group that its parent hands on, as volumes with an fsGroup do', async () => {
    await chmod(parent, 0o2755);

    await ensurePrivateFolder(folder, 0o640);

    expect((await lstat(folder)).mode & 0o7777).toBe(0o2750);
  });

  it('that is ours is taken as it is', async () => {
    await mkdir(folder, { mode: 0o755 });

    await ensurePrivateFolder(folder, 0o600);

    expect((await lstat(folder)).mode & 0o777).toBe(0o755);
  });

  it.each([
    [0o777, 0o755],
    [0o2775, 0o2755],
    [0o730, 0o710],
  ])('that is ours and open to others (%o) is closed to them (%o)', async (before, after) => {
    await mkdir(folder);
    await chmod(folder, before);

    await ensurePrivateFolder(folder, 0o600);

    expect((await lstat(folder)).mode & 0o7777).toBe(after);
  });

  it.runIf(isRoot)('of another user is refused, and left as it is', async () => {
    await mkdir(folder);
    await chmod(folder, 0o777);
    await chown(folder, 65_532, 65_532);

    await expect(ensurePrivateFolder(folder, 0o600)).rejects.toMatchObject({
      reason: 'folder-of-another',
    });
    expect((await lstat(folder)).mode & 0o777).toBe(0o777);
  });

  it('is not a link: it would lead secrets elsewhere', async () => {
    await mkdir(join(parent, 'elsewhere'));
    await symlink('elsewhere', folder);

    await expect(ensurePrivateFolder(folder, 0o600)).rejects.toMatchObject({
      reason: 'not-a-folder',
    });
  });

  it('is not a file', async () => {
    await writeFile(folder, '');

    await expect(ensurePrivateFolder(folder, 0o600)).rejects.toMatchObject({
      reason: 'not-a-folder',
    });
  });

  it('cannot be made where its parent is absent', async () => {
    await expect(ensurePrivateFolder(join(folder, 'x'), 0o600)).rejects.toMatchObject({
      reason: 'folder-unwritable',
      systemCode: 'ENOENT',
    });
  });
});

it('what a writer that was killed left is removed after a minute, and nothing else', async () => {
  const now = new Date();
  const [old, young, other] = ['.password.0123456789ab.new', '.env.ba9876543210.new', 'password'];
  for (const name of [old, young, other]) await writeFile(join(parent, name), 'secret');
  for (const name of [old, other]) {
    await utimes(join(parent, name), secondsAfter(-61, now), secondsAfter(-61, now));
  }

  await removeAbandoned(parent, now);

  expect((await readdir(parent)).sort()).toEqual([young, other].sort());
});
