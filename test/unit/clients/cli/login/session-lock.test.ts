import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../../../clients/cli/login/session-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const lock = (path = join(folder, 'lock')) => ({ path, clock: () => new Date() });

describe('a lock', () => {
  it('lets one work at a time, and leaves nothing behind', async () => {
    let working = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      working += 1;
      most = Math.max(most, working);
      await stat(folder);
      working -= 1;
    };

    await Promise.all([1, 2, 3, 4].map(() => withLock(lock(), work)));

    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back by work that fails', async () => {
    const failing = withLock(lock(), () => Promise.reject(new Error('no')));

    await expect(failing).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken from a process that was killed', async () => {
    const { path } = lock();
    await writeFile(path, '');
    const longAgo = new Date(Date.now() - 31_000);
    await utimes(path, longAgo, longAgo);

    expect(await withLock(lock(), async () => 'done')).toBe('done');
  });

  it('is done without where it cannot be had', async () => {
    expect(await withLock(lock('/nowhere/lock'), async () => 'done')).toBe('done');
  });
});
