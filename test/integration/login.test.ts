import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { subjects } from '../../local/organization.ts';
import { cli } from './support/cli-process.ts';
import {
  aDesk,
  aSignInStage,
  type Desk,
  engineer,
  signInByBrowser,
  signInByCode,
} from './support/sign-in-stage.ts';

const stage = await aSignInStage();
let desk: Desk;

beforeEach(async () => {
  desk = await aDesk(stage.front.url);
});
afterEach(() => desk.remove());

describe('tokenvend login', () => {
  it('by browser is enough to be vended a token', async () => {
    const ended = await signInByBrowser(desk, engineer);
    expect(ended).toMatchObject({
      code: 0,
      out: `Signed in as ${subjects.engineer}, in payments; renewed while you use it.\n`,
    });

    const vended = await cli(['token', 'orders', '--json'], desk.env);

    expect(vended).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(vended.out)).toMatchObject({ user: 'engineer_1', team: 'payments' });
  });

  it('asks the desktop to open the address that it prints', async () => {
    const { err } = await signInByBrowser(desk, engineer);

    expect(err).toContain(`\n  ${await desk.opened()}\n`);
    expect(new URL(await desk.opened()).searchParams.get('code_challenge_method')).toBe('S256');
  });

  it('by code is enough to be vended a token', async () => {
    expect(await signInByCode(desk, engineer)).toMatchObject({ code: 0 });

    expect(await cli(['token', 'orders'], desk.env)).toMatchObject({ code: 0, err: '' });
    expect(await desk.opened()).toBe('');
  });

  it.each([
    ['browser', signInByBrowser],
    ['code', signInByCode],
  ])('by %s can send an access token that is for the API', async (_, signIn) => {
    const ended = await signIn(desk, engineer, ['--token-kind', 'access']);

    expect(ended).toMatchObject({ code: 0 });
    expect(await cli(['whoami'], desk.env)).toMatchObject({ code: 0 });
    expect(JSON.parse(await desk.session())).toMatchObject({ resource: stage.stack.audience });
  });

  it('keeps its session where only its owner can read it', async () => {
    await signInByBrowser(desk, engineer);

    const [file = ''] = await desk.sessionFiles();

    expect((await stat(desk.state)).mode & 0o777).toBe(0o700);
    expect((await stat(join(desk.state, file))).mode & 0o777).toBe(0o600);
  });

  it('says at once that a person is in no team', async () => {
    const { out } = await signInByBrowser(desk, { name: 'somebody-new' });

    expect(out).toContain('in no team');
  });

  it('comes after every other identity', async () => {
    await signInByBrowser(desk, engineer);

    const env = { ...desk.env, TOKENVEND_IDENTITY_TOKEN_FILE: '/nowhere' };

    expect(await cli(['whoami'], env)).toMatchObject({ code: 3 });
  });

  it('is not what an API is asked with that its owner did not sign in to', async () => {
    await signInByBrowser(desk, engineer);

    const env = { ...desk.env, TOKENVEND_API_URL: stage.stack.apiUrl };

    expect(await cli(['whoami'], env)).toMatchObject({ code: 3 });
  });
});

describe('tokenvend logout', () => {
  it('forgets the session, and has the provider forget it', async () => {
    await signInByBrowser(desk, engineer);

    const ended = await cli(['logout'], desk.env);

    expect(ended).toMatchObject({ code: 0, out: 'Signed out.\n', err: '' });
    expect(await desk.sessionFiles()).toEqual([]);
    expect(stage.provider.asked.at(-1)).toBe('/token/revocation');
    expect(await cli(['whoami'], desk.env)).toMatchObject({ code: 3 });
  });

  it('signs this machine out although the provider does not answer', async () => {
    await signInByBrowser(desk, engineer);
    stage.provider.spoil(() => ({ nothing: 'of use' }));

    const ended = await cli(['logout'], desk.env);

    expect(ended).toMatchObject({
      code: 0,
      out: 'Signed out.\n',
      err: expect.stringMatching(/\S/),
    });
    expect(await desk.sessionFiles()).toEqual([]);
  });

  it('has nothing to do where nobody is signed in', async () => {
    expect(await cli(['logout'], desk.env)).toMatchObject({ code: 0, err: '' });
  });
});
