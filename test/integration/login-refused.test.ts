import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, startCli } from './support/cli-process.ts';
import type { Spoil } from './support/openid-provider.ts';
import { browse } from './support/scripted-browser.ts';
import { startSignInFront } from './support/sign-in-front.ts';
import {
  aDesk,
  aSignInStage,
  type Desk,
  engineer,
  said,
  signInByBrowser,
  signInByCode,
} from './support/sign-in-stage.ts';

const stage = await aSignInStage();
let desk: Desk;

beforeEach(async () => {
  desk = await aDesk(stage.front.url);
});
afterEach(() => desk.remove());

/** The ID token with other claims; nobody verifies the signature before the API does. */
const claiming =
  (changes: Readonly<Record<string, unknown>>): Spoil =>
  (_path, body) => {
    if (typeof body.id_token !== 'string') return body;
    const [header, payload = '', signature] = body.id_token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, ...changes })).toString('base64url');
    return { ...body, id_token: `${header}.${changed}.${signature}` };
  };

const instead =
  (of: string, answer: Readonly<Record<string, unknown>>): Spoil =>
  (path, body) =>
    path === of ? answer : body;

const discovery = '/.well-known/openid-configuration';

async function expectNothingKept(): Promise<void> {
  expect(await desk.sessionFiles()).toEqual([]);
}

describe('a sign-in ends without a session', () => {
  it.each([
    ['browser', signInByBrowser],
    ['code', signInByCode],
  ])('in 3 when the person cancels, by %s', async (_, signIn) => {
    const ended = await signIn(desk, { ...engineer, cancels: true });

    expect(ended).toMatchObject({ code: 3, out: '' });
    expect(ended.err).toContain('cancelled');
    await expectNothingKept();
  });

  it.each(['--browser', '--device'])('in 3 when nobody comes, with %s', async (way) => {
    const ended = await cli(['login', way, '--sign-in-seconds', '1'], desk.env);

    expect(ended).toMatchObject({ code: 3, out: '' });
    await expectNothingKept();
  });

  it('when it is interrupted', async () => {
    const login = startCli(['login', '--browser'], desk.env);
    await said(login, /^ {2}(http\S+)$/m);

    login.child.kill('SIGINT');

    expect(await login.ended).toMatchObject({ signal: 'SIGINT', out: '' });
    await expectNothingKept();
  });

  it.each<[string, number, Spoil]>([
    ['another nonce', 6, claiming({ nonce: 'somebody-elses' })],
    ['no nonce', 6, claiming({ nonce: undefined })],
    ['A2: an issuer with a line break', 6, claiming({ iss: 'http://127.0.0.1\n' })],
    ['A5: the ID token of another client', 6, claiming({ aud: 'another-client' })],
    ['A5: an ID token for nobody', 6, claiming({ aud: [] })],
    ['A7: an ID token that has expired', 6, claiming({ exp: 1 })],
    ['no ID token', 6, instead('/token', { access_token: 'x', token_type: 'bearer' })],
    ['an answer of another form', 6, instead('/token', { hello: 'world' })],
    ['a discovery document of another issuer', 6, instead(discovery, { issuer: 'https://evil' })],
  ])('where the provider gives %s', async (_, code, spoil) => {
    stage.provider.spoil(spoil);

    const ended = await signInByBrowser(desk, engineer);

    expect(ended).toMatchObject({ code, out: '', err: expect.stringMatching(/^tokenvend: .+$/m) });
    await expectNothingKept();
  });

  it('where the provider would have the desktop open a file', async () => {
    stage.provider.spoil((path, body) =>
      path === discovery ? { ...body, authorization_endpoint: 'file:///etc/passwd' } : body,
    );

    expect(await signInByBrowser(desk, engineer)).toMatchObject({ code: 6 });
    expect(await desk.opened()).toBe('');
  });

  it('in 2 where an access token is not for this API', async () => {
    const ended = await signInByBrowser(desk, engineer, [
      '--token-kind',
      'access',
      '--resource',
      'none',
    ]);

    expect(ended).toMatchObject({ code: 2, out: '' });
    await expectNothingKept();
  });

  it('in 2 where the provider does not know the client', async () => {
    const { url, close } = await startSignInFront(stage.stack.apiUrl, {
      audience: stage.stack.audience,
      signIn: { issuer: stage.provider.issuer, clientId: 'unknown' },
    });

    const ended = await cli(['login', '--device', '--api-url', url], desk.env);

    close();
    expect(ended).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    ['in 2 where nobody can sign in', null, 2],
    ['in 3 where the provider is not there', { issuer: 'http://127.0.0.1:1' }, 3],
    ['in 6 where the issuer is no https URL', { issuer: 'http://login.example.com' }, 6],
    ['in 6 where the issuer is a file', { issuer: 'file:///etc/passwd' }, 6],
  ])('%s', async (_, place, code) => {
    const signIn = place === null ? null : { clientId: 'tokenvend-cli', ...place };
    const { url, close } = await startSignInFront(stage.stack.apiUrl, { audience: 'a', signIn });

    const ended = await cli(['login', '--device', '--api-url', url], desk.env);

    close();
    expect(ended).toMatchObject({ code, out: '' });
    await expectNothingKept();
  });

  it.each([
    ['both ways at once', ['--device', '--browser']],
    ['a kind of token that does not exist', ['--device', '--token-kind', 'refresh']],
    ['a port that is none', ['--browser', '--redirect-port', '70000']],
  ])('in 2 for %s', async (_, args) => {
    expect(await cli(['login', ...args], desk.env)).toMatchObject({ code: 2, out: '' });
  });

  it('in 7 where the folder for it is a link', async () => {
    await mkdir(join(desk.state, '..'), { recursive: true });
    await symlink('/tmp', desk.state);

    expect(await signInByBrowser(desk, engineer)).toMatchObject({ code: 7, out: '' });
  });
});

describe('the address to come back to', () => {
  it('A20: does not end for a stranger with another state, and the person still signs in', async () => {
    const login = startCli(['login', '--browser'], desk.env);
    const address = (await said(login, /^ {2}(http\S+)$/m)) ?? '';
    const back = new URL(address).searchParams.get('redirect_uri') ?? '';

    const injected = await fetch(`${back}?code=stolen&state=guessed&iss=${stage.provider.issuer}`);
    await browse(address, engineer);

    expect(injected.status).toBe(400);
    expect(await login.ended).toMatchObject({ code: 0 });
  });

  it('can be at a port that the provider knows, and says where that is taken', async () => {
    const port = new URL(stage.front.url).port;

    const ended = await cli(['login', '--browser', '--redirect-port', port], desk.env);

    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining(port) });
  });
});

describe('a sign-in that the API does not accept', () => {
  it('ends in 4, and names what the registry has to list', async () => {
    stage.provider.spoil(claiming({ sub: 'not-what-was-signed' }));

    const ended = await signInByBrowser(desk, engineer);

    expect(ended).toMatchObject({ code: 4, out: '' });
    expect(ended.err).toContain(`${stage.provider.issuer} with the audience tokenvend-cli`);
  });
});

describe('a session file', () => {
  it('is replaced where it was a link, and what it led to is left alone', async () => {
    await signInByBrowser(desk, engineer);
    const [name = ''] = await desk.sessionFiles();
    const elsewhere = join(dirname(desk.state), 'elsewhere');
    const stolen = await desk.session();
    await writeFile(elsewhere, stolen, { mode: 0o600 });
    await cli(['logout'], desk.env);
    await symlink(elsewhere, join(desk.state, name));

    expect(await cli(['whoami'], desk.env)).toMatchObject({ code: 3 });
    expect(await signInByBrowser(desk, engineer)).toMatchObject({ code: 0 });
    expect(await cli(['whoami'], desk.env)).toMatchObject({ code: 0 });
    expect(await readFile(elsewhere, 'utf8')).toBe(stolen);
  });
});
