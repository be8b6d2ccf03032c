import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openModeOf } from '../../../../clients/agent/open-mode.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-place-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a place for folders', () => {
  it.each([0o777, 0o775, 0o2770, 0o702])('with mode %o is open to others', async (mode) => {
    await chmod(folder, mode);

    expect(await openModeOf(folder)).toBe(mode & 0o777);
  });

  it.each([
    ['nobody else may write to', 0o755],
    ['each may remove only their own from, as in /tmp', 0o1777],
  ])('that %s is not', async (_what, mode) => {
    await chmod(folder, mode);

    expect(await openModeOf(folder)).toBeUndefined();
  });

  it('is looked at behind a link', async () => {
    await chmod(folder, 0o777);
    const link = `${folder}-link`;
    await symlink(folder, link);

    const mode = await openModeOf(link);
    await rm(link);

    expect(mode).toBe(0o777);
  });
});
