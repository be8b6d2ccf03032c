import { chmod, lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preparePlace } from '../../../../clients/cli/file-place.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tokenvend-place-'));
});
afterEach(() => rm(parent, { recursive: true }));

/** What is said about a folder. */
async function saidOf(dir: string): Promise<string> {
  let said = '';
  await preparePlace({ dir }, { err: (text) => (said += text) });
  return said;
}

describe('the folder of --dir', () => {
  it('is made where it does not exist, and nothing is said', async () => {
    const dir = join(parent, 'run', 'db');

    expect(await saidOf(dir)).toBe('');

    expect((await lstat(dir)).isDirectory()).toBe(true);
  });

  it('is taken as it is where others may write to it, with a warning', async () => {
    await chmod(parent, 0o777);

    expect(await saidOf(parent)).toMatch(/^tokenvend: warning: .*mode 0777.*chmod go-w /);

    expect((await lstat(parent)).mode & 0o777).toBe(0o777);
  });
});
