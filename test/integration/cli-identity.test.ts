import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf, nightlyCredentials } from '../../local/callers.ts';
import { githubClaims } from '../../local/issuer/claims.ts';
import { region, repositoryId } from '../../local/organization.ts';
import { aFolder, cli, launcher } from './support/cli-process.ts';
import {
  lastRecord,
  silenceFunctions,
  startTestStack,
  type TestStack,
} from './support/test-stack.ts';

let stack: TestStack;
let runner: Server;
let requestUrl: string;

const requestToken = 'planted-runner-token';
const hasCurl = ['curl', 'jq'].every((name) => spawnSync(name, ['--version']).status === 0);

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack();
  runner = createServer((request, answer) => {
    void answerAsRunner(request.url ?? '', request.headers.authorization).then((value) => {
      answer
        .writeHead(value === undefined ? 401 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ value }));
    });
  });
  runner.listen(0, '127.0.0.1');
  await once(runner, 'listening');
  requestUrl = `http://127.0.0.1:${(runner.address() as AddressInfo).port}/token?api-version=2`;
});
afterAll(async () => {
  runner.close();
  runner.closeAllConnections();
  await stack.close();
});

/** The endpoint of the runner: a token for the audience that is asked for, to whoever has the job's own. */
async function answerAsRunner(url: string, authorization: string | undefined) {
  const audience = new URL(url, requestUrl).searchParams.get('audience');
  if (authorization !== `Bearer ${requestToken}` || audience === null) return undefined;
  const run = { repository: 'example/payments', repositoryId, ownerId: '987654321' };
  return stack.issuers.github.issue(githubClaims({ ...run, audience }), { expiresInSeconds: 300 });
}

/** The log of a job: what `::add-mask::` names on either stream is shown as asterisks, and the command as well. */
function asRunnerShows(out: string, err: string): string {
  const masks = [...err.matchAll(/^::add-mask::(.+)$/gm)].map(([, data = '']) =>
    data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%'),
  );
  return masks.reduce((text, mask) => text.replaceAll(mask, '***'), out);
}

const api = () => ({ TOKENVEND_API_URL: stack.apiUrl, TOKENVEND_WAIT: '0' });

describe('who the CLI is', () => {
  it('in a GitHub job is found with the audience that the API itself names', async () => {
    const env = {
      ...api(),
      ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    };

    const { code, out } = await cli(['token', 'orders', '--json'], env);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ user: 'orders_deploy', team: 'payments' });
    expect(lastRecord(stack)).toMatchObject({ outcome: 'vended', member: 'deployment' });
  });

  it('in a GitHub job has its tokens hidden from the job’s log, in every form that is written', async () => {
    const env = {
      ...api(),
      GITHUB_ACTIONS: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    };

    for (const format of ['token', 'json', 'env', 'pgpass', 'url']) {
      const { out, err } = await cli(['token', 'orders', '--format', format], env);

      expect(asRunnerShows(out, err)).not.toMatch(/Amz-Signature/);
    }
    const { out, err } = await cli(['exec', 'orders', '--', 'sh', '-c', 'cat "$PGPASSFILE"'], env);

    expect(out).toContain('X-Amz-Signature');
    expect(asRunnerShows(out, err)).not.toContain('X-Amz-Signature');
  });

  it('in a GitHub job writes no token into a file of what it says', async () => {
    const env = { ...api(), GITHUB_ACTIONS: 'true', TOKENVEND_AUTH: 'jwt' };
    const TOKENVEND_IDENTITY_TOKEN = await identityOf(stack, 'orders-pod');
    const folder = await aFolder();
    const said = join(folder.path, 'said');
    const script = `"$0" "$@" 2>${said} >/dev/null`;

    await promisify(execFile)(
      'sh',
      ['-ec', script, process.execPath, launcher, 'token', 'orders'],
      {
        env: { PATH: process.env.PATH, ...env, TOKENVEND_IDENTITY_TOKEN },
      },
    );
    const text = readFileSync(said, 'utf8');
    await folder.remove();

    expect(text).toBe('');
  });

  it.runIf(hasCurl)('in a GitHub job can be said with curl alone, as docs/ci.md does', async () => {
    const page = readFileSync(new URL('../../docs/ci.md', import.meta.url), 'utf8');
    const [, script = ''] = /## curl alone.*?```sh\n(.*?)^psql/ms.exec(page) ?? [];
    const folder = await aFolder();

    const { stdout } = await promisify(execFile)('sh', ['-ec', `${script}\nenv`], {
      cwd: folder.path,
      env: {
        PATH: process.env.PATH,
        TOKENVEND_API_URL: stack.apiUrl,
        ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      },
    });
    await folder.remove();

    expect(stdout).toMatch(/^PGUSER=orders_deploy$/m);
    expect(stdout).toMatch(/^PGSSLROOTCERT=.*\/ca\.pem$/m);
  });

  it('in a GitHub job without its permission is nobody', async () => {
    const env = { ...api(), ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl };

    expect(await cli(['token', 'orders'], env)).toMatchObject({ code: 3, out: '' });
  });

  it('in a GitLab job is what the variable holds', async () => {
    const TOKENVEND_IDENTITY_TOKEN = await identityOf(stack, 'orders-pod');

    const { out } = await cli(['whoami', '--json'], { ...api(), TOKENVEND_IDENTITY_TOKEN });

    expect(JSON.parse(out)).toMatchObject({ kind: 'jwt', teams: [{ members: ['api-pods'] }] });
  });

  it('can be what a command prints', async () => {
    const jwt = await identityOf(stack, 'orders-pod');

    const { code } = await cli(['whoami', '--identity-command', `echo ${jwt}`], api());

    expect(code).toBe(0);
  });

  it('with --auth iam is whom the AWS credentials belong to', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = nightlyCredentials(stack);
    const env = {
      ...api(),
      TOKENVEND_AUTH: 'iam',
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };

    const vended = await cli(['token', 'orders', '--json'], env);
    const child = await cli(['exec', 'orders', '--', 'env'], env);

    expect(JSON.parse(vended.out)).toMatchObject({ user: 'orders_batch' });
    expect(child.code).toBe(0);
    expect(child.out).toContain(`AWS_REGION=${region}`);
    expect(child.out).not.toContain(secretAccessKey);
    expect(child.out).not.toContain(sessionToken);
  });
});
