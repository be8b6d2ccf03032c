import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createFindIdentity,
  type IdentitySettings,
  identityReader,
} from '../../../../clients/identity/find-identity.ts';
import { aClock } from '../../../builders/clock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-identity-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Every source at once; a test takes away those that come first. */
async function everySource(): Promise<IdentitySettings> {
  const named = join(folder, 'named');
  const mountedPath = join(folder, 'mounted');
  await writeFile(named, 'from-file');
  await writeFile(mountedPath, 'from-mount');
  return {
    tokenFile: named,
    tokenCommand: 'printf from-command',
    env: {
      TOKENVEND_IDENTITY_TOKEN: 'from-variable',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/token',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner',
    },
    audience: async () => 'https://tokens.example.com',
    clock: aClock(),
    mountedPath,
    savedSession: async () => ({ description: 'the session', read: async () => 'from-session' }),
  };
}

const withoutGithub = { ACTIONS_ID_TOKEN_REQUEST_URL: '' };

describe('the order of identities', () => {
  it.each([
    ['the file that was named', [], '(--identity-token-file)'],
    ['the command', ['tokenFile'], '--identity-command'],
    ['the variable', ['tokenFile', 'tokenCommand'], 'TOKENVEND_IDENTITY_TOKEN'],
    ['GitHub Actions', ['tokenFile', 'tokenCommand', 'variable'], 'GitHub Actions'],
    ['the mounted file', ['tokenFile', 'tokenCommand', 'variable', 'github'], '(mounted)'],
    [
      'the saved session',
      ['tokenFile', 'tokenCommand', 'variable', 'github', 'mountedPath'],
      'the session',
    ],
  ])('has %s next', async (_, taken, description) => {
    const all = await everySource();
    const env = {
      ...all.env,
      ...(taken.includes('variable') ? { TOKENVEND_IDENTITY_TOKEN: '' } : {}),
      ...(taken.includes('github') ? withoutGithub : {}),
    };
    const find = createFindIdentity({
      ...all,
      env,
      ...(taken.includes('tokenFile') ? { tokenFile: '' } : {}),
      ...(taken.includes('tokenCommand') ? { tokenCommand: undefined } : {}),
      ...(taken.includes('mountedPath') ? { mountedPath: join(folder, 'absent') } : {}),
    });

    expect((await find()).description).toContain(description);
  });

  it('ends in identity-missing where there is none', async () => {
    const find = createFindIdentity({
      env: {},
      audience: async () => 'x',
      clock: aClock(),
      mountedPath: join(folder, 'absent'),
    });

    await expect(find()).rejects.toMatchObject({ kind: 'identity', reason: 'identity-missing' });
  });

  it.each([
    ['github-job-without-identity', { GITHUB_ACTIONS: 'true' }, 'id-token: write'],
    ['gitlab-job-without-identity', { GITLAB_CI: 'true' }, 'TOKENVEND_IDENTITY_TOKEN'],
  ])('ends in %s where a CI job has none, and says what to give it', async (reason, env, what) => {
    const find = createFindIdentity({
      env,
      audience: async () => 'x',
      clock: aClock(),
      mountedPath: join(folder, 'absent'),
    });

    const message = expect.stringContaining(what);
    await expect(find()).rejects.toMatchObject({ kind: 'identity', reason, message });
  });

  it('never passes over what was named, although it cannot be read', async () => {
    const all = await everySource();
    const read = identityReader(createFindIdentity({ ...all, tokenFile: join(folder, 'absent') }));

    await expect(read()).rejects.toMatchObject({ reason: 'identity-unreadable' });
  });

  it('takes a mounted file that appears after the start', async () => {
    const mountedPath = join(folder, 'late');
    const settings = { env: {}, audience: async () => 'x', clock: aClock(), mountedPath };
    const read = identityReader(createFindIdentity(settings));
    await expect(read()).rejects.toMatchObject({ reason: 'identity-missing' });

    await writeFile(mountedPath, 'a.b.c');

    expect(await read()).toBe('a.b.c');
  });
});
