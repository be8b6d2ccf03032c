import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenFile } from '../../../../clients/identity/token-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-identity-'));
  path = join(folder, 'token');
});
afterEach(() => rm(folder, { recursive: true }));

describe('an identity in a file', () => {
  it('is read anew each time', async () => {
    await writeFile(path, 'first');
    const { read } = tokenFile(path, 'mounted');
    const before = await read();

    await writeFile(path, 'second');

    expect([before, await read()]).toEqual(['first', 'second']);
  });

  it('is found behind a link, as Kubernetes mounts it', async () => {
    await writeFile(join(folder, 'real'), 'a.b.c');
    await symlink('real', path);

    expect(await tokenFile(path, 'mounted').read()).toBe('a.b.c');
  });

  it.each([
    ['cannot be read (ENOENT)', async () => undefined],
    ['is too large to be a JWT', async () => writeFile(path, 'x'.repeat(65_537))],
  ])('is unreadable where it %s, and says so', async (why, arrange) => {
    await arrange();

    await expect(tokenFile(path, 'mounted').read()).rejects.toMatchObject({
      kind: 'identity',
      reason: 'identity-unreadable',
      message: `The file ${path} (mounted) ${why}.`,
    });
  });

  it('A21: is not named where somebody gave the JWT in place of its path', async () => {
    const source = tokenFile('eyJhbGciOiJSUzI1NiJ9.planted.planted', '--identity-token-file');

    const error = await source.read().catch((reason: unknown) => reason);

    expect(`${source.description} ${error} ${JSON.stringify(error)}`).not.toContain('planted');
  });

  it('is unreadable, and soon so, where it is a device that never ends', async () => {
    await expect(tokenFile('/dev/zero', 'mounted').read()).rejects.toMatchObject({
      reason: 'identity-unreadable',
    });
  });
});
