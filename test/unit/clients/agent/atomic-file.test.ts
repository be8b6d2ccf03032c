import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTemporary, putFile } from '../../../../clients/agent/atomic-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-file-'));
  path = join(folder, 'password');
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (file: string): Promise<number> => (await lstat(file)).mode & 0o777;
const aFile = (changes: { content?: string; mode?: number } = {}) => ({
  path,
  content: 'secret',
  mode: 0o600,
  ...changes,
});

describe('a file that is put in place', () => {
  it('has its content and mode, whatever the umask, and nothing is left beside it', async () => {
    const before = process.umask(0o077);

    const wrote = await putFile(aFile({ mode: 0o644 }));

    process.umask(before);
    expect([wrote, await modeOf(path), await readFile(path, 'utf8')]).toEqual([
      true,
      0o644,
      'secret',
    ]);
    expect(await readdir(folder)).toEqual(['password']);
  });

  it.runIf(process.getuid?.() === 0)(
    'takes the place of a file of another user, who could change it later',
    async () => {
      await writeFile(path, 'secret', { mode: 0o600 });
      await chown(path, 65_532, 65_532);

      expect(await putFile(aFile())).toBe(true);

      expect((await lstat(path)).uid).toBe(0);
    },
  );

  it('is left alone where it is as it should be', async () => {
    await putFile(aFile());
    const { ino, mtimeMs } = await lstat(path);

    expect(await putFile(aFile())).toBe(false);

    expect(await lstat(path)).toMatchObject({ ino, mtimeMs });
  });

  it('is a new file where the content differs: who has the old one open reads on', async () => {
    await putFile(aFile());
    const { ino } = await lstat(path);

    expect(await putFile(aFile({ content: 'other' }))).toBe(true);

    expect((await lstat(path)).ino).not.toBe(ino);
  });

  it('is put right where only the mode was wrong', async () => {
    await putFile(aFile());
    await chmod(path, 0o666);

    expect(await putFile(aFile())).toBe(true);

    expect(await modeOf(path)).toBe(0o600);
  });

  it('takes the place of a link, and what the link leads to stays as it was', async () => {
    const elsewhere = join(folder, 'elsewhere');
    await writeFile(elsewhere, 'secret', { mode: 0o600 });
    await symlink('elsewhere', path);

    expect(await putFile(aFile({ content: 'new' }))).toBe(true);

    await expect(readlink(path)).rejects.toMatchObject({ code: 'EINVAL' });
    expect(await readFile(elsewhere, 'utf8')).toBe('secret');
  });

  it('takes the place of a link even to the right content', async () => {
    await writeFile(join(folder, 'elsewhere'), 'secret', { mode: 0o600 });
    await symlink('elsewhere', path);

    expect(await putFile(aFile())).toBe(true);

    expect((await lstat(path)).isFile()).toBe(true);
  });

  it('says which file could not be written, with the system’s code and nothing of the content', async () => {
    const error = await putFile({ ...aFile(), path: join(folder, 'absent', 'password') }).catch(
      (reason: unknown) => reason,
    );

    expect(error).toMatchObject({ reason: 'file-unwritable', systemCode: 'ENOENT' });
    expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  });

  it('leaves nothing half written where it cannot take its name', async () => {
    const occupied = join(folder, 'occupied');
    await mkdir(join(occupied, 'in'), { recursive: true });

    await expect(putFile({ path: occupied, content: 's', mode: 0o600 })).rejects.toMatchObject({
      reason: 'file-unwritable',
    });

    expect((await readdir(folder)).filter(isTemporary)).toEqual([]);
  });
});
