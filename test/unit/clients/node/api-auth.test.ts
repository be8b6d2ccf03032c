import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ApiAuth } from '../../../../clients/api-client/authentication.ts';
import { apiAuthOf } from '../../../../clients/node/api-auth.ts';
import type { Machine } from '../../../../clients/node/machine.ts';
import type { TokenSourceAuth } from '../../../../clients/node/token-source-options.ts';
import { aServer, json } from '../api-client/a-server.ts';

function authWith(auth: TokenSourceAuth, env: Machine['env'] = {}): ApiAuth {
  const machine = { env, clock: () => new Date(), monotonicMs: () => 0, random: () => 0 };
  const settings = { auth, region: undefined, timeoutMs: 200 };
  return apiAuthOf(settings, machine, async () => 'https://tokens.example.com');
}

async function identityOf(auth: ApiAuth): Promise<string> {
  if (auth.kind !== 'jwt') throw new Error('not a JWT');
  return auth.identity();
}

const keys = { AWS_ACCESS_KEY_ID: 'ASIAKEY', AWS_SECRET_ACCESS_KEY: 'secret' };

describe('who is asking', () => {
  it.each([
    ['auto', {}, 'jwt'],
    ['auto', { AWS_LAMBDA_FUNCTION_NAME: 'shop' }, 'iam'],
    ['auto', keys, 'jwt'],
    ['identity', { AWS_LAMBDA_FUNCTION_NAME: 'shop' }, 'jwt'],
    ['iam', {}, 'iam'],
  ] as const)('with %s and %o is a caller of kind %s', (auth, env, kind) => {
    expect(authWith(auth, env).kind).toBe(kind);
  });

  it('is late, and not the API, where the command outlasts an attempt', async () => {
    const auth = authWith('identity', { TOKENVEND_IDENTITY_COMMAND: 'sleep 60' });

    await expect(identityOf(auth)).rejects.toMatchObject({ reason: 'identity-command-late' });
  });

  it('is late where GitHub is, and not the API', async () => {
    const github = await aServer(() => undefined);
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: github.url,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner',
    };

    await expect(identityOf(authWith('identity', env))).rejects.toMatchObject({
      reason: 'github-token-late',
    });
  });

  it('is late where the container endpoint is, and not the API', async () => {
    const endpoint = await aServer(() => undefined);
    const auth = authWith('iam', { AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.url });

    await expect(auth.kind === 'iam' && auth.credentials()).rejects.toMatchObject({
      reason: 'container-credentials-late',
    });
  });

  it('is read anew from the file for every request', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tokenvend-identity-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const identityFile = join(folder, 'token');
    const auth = authWith({ identityFile });

    await writeFile(identityFile, 'first');
    const first = await identityOf(auth);
    await writeFile(identityFile, 'second');

    expect([first, await identityOf(auth)]).toEqual(['first', 'second']);
  });

  it('is what GitHub Actions says, asked for the audience of the deployment', async () => {
    const github = await aServer((response) => json(response, 200, { value: 'a.b.c' }));
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner',
    };

    expect(await identityOf(authWith('auto', env))).toBe('a.b.c');
    expect(github.seen[0]?.url).toContain('audience=https%3A%2F%2Ftokens.example.com');
  });

  it("is the environment's credentials, or what the container endpoint in it gives", async () => {
    const endpoint = await aServer((response) =>
      json(response, 200, { AccessKeyId: 'ASIAPOD', SecretAccessKey: 's', Token: 't' }),
    );
    const container = { AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.url };

    const found = [{ ...container, ...keys }, container].map(async (env) => {
      const auth = authWith('iam', env);
      return auth.kind === 'iam' && (await auth.credentials()).accessKeyId;
    });

    expect(await Promise.all(found)).toEqual(['ASIAKEY', 'ASIAPOD']);
  });
});
