import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SessionStore, sessionStore } from '../../../../../clients/cli/login/session-store.ts';
import { apiUrls, aSession } from './a-session.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tokenvend-session-'));
});
afterEach(() => rm(home, { recursive: true }));

function storeOf(urls = apiUrls): SessionStore {
  const store = sessionStore(urls, { env: { HOME: home }, platform: 'linux' });
  if (store === undefined) throw new Error('there is a home');
  return store;
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('the store of a session', () => {
  it('gives back what was put in, in a file and a folder of their owner alone', async () => {
    const store = storeOf();

    await store.write(aSession());

    expect(await store.read()).toEqual(aSession());
    expect(await modeOf(store.path)).toBe(0o600);
    expect(await modeOf(dirname(store.path))).toBe(0o700);
    expect(await readdir(dirname(store.path))).toHaveLength(1);
  });

  it('closes a folder that was open to others', async () => {
    const store = storeOf();
    await mkdir(dirname(store.path), { recursive: true, mode: 0o755 });

    await store.write(aSession());

    expect(await modeOf(dirname(store.path))).toBe(0o700);
  });

  it('has none before there is one, and none after it was removed', async () => {
    const store = storeOf();
    const before = await store.read();
    await store.write(aSession());

    const removals = [await store.remove(), await store.remove()];

    expect([before, await store.read()]).toEqual(['none', 'none']);
    expect(removals).toEqual([true, false]);
  });

  it('is undefined where there is no home', () => {
    expect(sessionStore(apiUrls, { env: {}, platform: 'linux' })).toBeUndefined();
  });

  it('does not use a session of one API that was copied into the place of another’s', async () => {
    const [evil, good] = [storeOf(['https://evil.example.com']), storeOf()];
    await good.write(aSession());

    await copyFile(good.path, evil.path);

    expect(await evil.read()).toBe('unusable');
  });

  it.each([
    ['others may read', (path: string) => chmod(path, 0o644)],
    ['others may write', (path: string) => chmod(path, 0o622)],
    ['is cut off', (path: string) => writeFile(path, '{"version":1')],
    ['is larger than any', (path: string) => writeFile(path, ' '.repeat(70_000))],
    ['is a folder', async (path: string) => rm(path).then(() => mkdir(path))],
  ])('does not trust a file that %s', async (_, spoil) => {
    const store = storeOf();
    await store.write(aSession());

    await spoil(store.path);

    expect(await store.read()).toBe('unusable');
  });

  it('follows no link, neither to read nor to write', async () => {
    const store = storeOf();
    await store.write(aSession());
    const elsewhere = join(home, 'elsewhere');
    await rename(store.path, elsewhere);
    await symlink(elsewhere, store.path);
    const seen = await store.read();

    await store.write(aSession({ identity: 'another.one.x' }));

    expect(seen).toBe('unusable');
    expect((await lstat(store.path)).isFile()).toBe(true);
    expect(await store.read()).toMatchObject({ identity: 'another.one.x' });
  });

  it('refuses a folder that is a link', async () => {
    const store = storeOf();
    const folder = dirname(store.path);
    await mkdir(dirname(folder), { recursive: true });
    await symlink(home, folder);

    await expect(store.write(aSession())).rejects.toMatchObject({ reason: 'not-a-folder' });
  });
});
