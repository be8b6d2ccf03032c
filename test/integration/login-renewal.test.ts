import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli } from './support/cli-process.ts';
import {
  aDesk,
  aSignInStage,
  type Desk,
  engineer,
  signInByBrowser,
} from './support/sign-in-stage.ts';

const stage = await aSignInStage();
let desk: Desk;

beforeEach(async () => {
  desk = await aDesk(stage.front.url);
  await signInByBrowser(desk, engineer);
});
afterEach(() => desk.remove());

async function editSession(changes: Readonly<Record<string, unknown>>): Promise<void> {
  const [name = ''] = await desk.sessionFiles();
  const path = join(desk.state, name);
  const session = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...session, ...changes }));
}

const expired = { expiresAt: '2020-01-01T00:00:00.000Z' };
const whoami = () => cli(['whoami'], desk.env);
const renewals = () => stage.provider.asked.filter((path) => path === '/token').length;

describe('a session whose identity has expired', () => {
  it('is renewed, and the provider is not asked again', async () => {
    await editSession(expired);
    const before = renewals();

    const ends = [await whoami(), await whoami()];

    expect(ends).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(renewals() - before).toBe(1);
  });

  it('is renewed once by commands that run at the same time, or a rotated token is used twice', async () => {
    await editSession(expired);
    const before = renewals();

    const ends = await Promise.all([whoami(), whoami(), whoami()]);

    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(renewals() - before).toBe(1);
    expect(await desk.sessionFiles()).toHaveLength(1);
  });

  it.each([
    ['cannot be renewed', { refreshToken: undefined }],
    ['is not known to the provider any more', { refreshToken: 'revoked-refresh-token' }],
  ])('ends in 3 with one sentence where it %s', async (_, changes) => {
    await editSession({ ...expired, ...changes });

    const ended = await whoami();

    expect(ended).toMatchObject({ code: 3, out: '' });
    expect(ended.err).toBe(
      'tokenvend: Your session has ended: sign in again with tokenvend login.\n',
    );
  });

  it('ends in 3 where the provider does not answer, and is renewed when it does', async () => {
    const { issuer } = JSON.parse(await desk.session());
    await editSession({ ...expired, issuer: 'http://127.0.0.1:1' });
    const silent = await whoami();
    await editSession({ issuer });

    expect(silent).toMatchObject({ code: 3, err: expect.stringContaining('does not answer') });
    expect(await whoami()).toMatchObject({ code: 0 });
  });

  it('does not become that of somebody else', async () => {
    const other = await aDesk(stage.front.url);
    await signInByBrowser(other, { name: 'somebody-else' });
    const { refreshToken } = JSON.parse(await other.session());
    await other.remove();
    await editSession({ ...expired, refreshToken });

    expect(await whoami()).toMatchObject({ code: 3 });
  });
});

describe('a session whose identity is good', () => {
  it('is used without asking the provider', async () => {
    const before = stage.provider.asked.length;

    expect(await whoami()).toMatchObject({ code: 0 });

    expect(stage.provider.asked.slice(before)).not.toContain('/token');
  });
});
