import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Canaries, canaries } from './support/canaries.ts';
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
let planted: Canaries;

beforeEach(async () => {
  desk = await aDesk(stage.front.url);
  planted = canaries();
  stage.provider.spoil((_path, body) => {
    for (const name of ['id_token', 'access_token', 'refresh_token', 'device_code']) {
      const secret = body[name];
      if (typeof secret === 'string') planted.plant(name, secret);
    }
    return body;
  });
});
afterEach(() => desk.remove());

/** Everything below a folder but the sessions themselves. */
async function otherFiles(folder: string): Promise<string> {
  const texts: string[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if (/session-[0-9a-f]{16}\.json$/.test(name) || !(await stat(path)).isFile()) continue;
    texts.push(name, await readFile(path, 'utf8'));
  }
  return texts.join('\n');
}

describe('the secrets of a sign-in', () => {
  it.each([
    ['by browser', signInByBrowser, [], ['access_token', 'id_token', 'refresh_token']],
    ['by code', signInByCode, [], ['access_token', 'device_code', 'id_token', 'refresh_token']],
    [
      'refused for its token',
      signInByBrowser,
      ['--token-kind', 'access', '--resource', 'none'],
      ['access_token', 'id_token', 'refresh_token'],
    ],
  ])('A21: %s are in the session file, and nowhere else', async (_, signIn, args, secrets) => {
    const login = await signIn(desk, engineer, args);
    const later = [await cli(['whoami'], desk.env), await cli(['doctor', 'orders'], desk.env)];
    later.push(await cli(['logout'], desk.env));

    const seen = [login, ...later].map(({ out, err }) => `${out}\n${err}`).join('\n');

    expect(planted.names()).toEqual(secrets);
    expect(planted.in(seen)).toEqual([]);
    expect(planted.in(await otherFiles(desk.env.HOME ?? ''))).toEqual([]);
  });

  it('A21: are found by this search where they are', async () => {
    await signInByBrowser(desk, engineer);

    expect(planted.in(await desk.session())).toEqual(['id_token', 'refresh_token']);
  });
});
