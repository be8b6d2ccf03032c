import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { containerCredentials } from '../../../../clients/api-client/container-credentials.ts';
import { environmentCredentials } from '../../../../clients/api-client/environment-credentials.ts';
import { aServer, json } from './a-server.ts';
import { errorOf } from './an-api-client.ts';

const clock = (): Date => new Date();
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('environmentCredentials', () => {
  test('reads the variables anew each time', async () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIA1',
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_SESSION_TOKEN: '',
    };
    const credentials = environmentCredentials(env);

    const before = await credentials();
    Object.assign(env, { AWS_ACCESS_KEY_ID: 'ASIA2', AWS_SESSION_TOKEN: 'session' });

    expect(before).toEqual({ accessKeyId: 'AKIA1', secretAccessKey: secret });
    expect(await credentials()).toEqual({
      accessKeyId: 'ASIA2',
      secretAccessKey: secret,
      sessionToken: 'session',
    });
  });

  test.each([
    {},
    { AWS_ACCESS_KEY_ID: 'AKIA1' },
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: secret },
  ])('rejects where they are missing', async (env) => {
    expect((await errorOf(environmentCredentials(env)())).reason).toBe('credentials-missing');
  });
});

describe('containerCredentials', () => {
  const answer = {
    AccessKeyId: 'ASIA2',
    SecretAccessKey: secret,
    Token: 'session',
    Expiration: '0001-01-01T00:00:00Z',
  };

  test('asks the endpoint with its token, as under SnapStart', async () => {
    const { url, seen } = await aServer((response) => json(response, 200, answer));
    const env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/2021-04-23/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'opensesame',
    };

    const credentials = await containerCredentials({ env, clock })();

    expect(credentials).toEqual({
      accessKeyId: 'ASIA2',
      secretAccessKey: secret,
      sessionToken: 'session',
    });
    expect(seen).toMatchObject([
      { method: 'GET', url: '/2021-04-23/credentials', headers: { authorization: 'opensesame' } },
    ]);
  });

  test('reads the token file anew each time, as EKS rotates it', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tokenvend-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const file = join(directory, 'token');
    const { url, seen } = await aServer((response) => json(response, 200, answer));
    const env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file,
    };
    const credentials = containerCredentials({ env, clock });

    for (const token of ['first\n', 'second\n']) {
      await writeFile(file, token);
      await credentials();
    }

    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['first', 'second']);
  });

  test.each([
    ['an unknown host', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.169.254/' }],
    ['a host with TLS', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'https://evil.example.com/' }],
    ['a look-alike', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1@evil.example.com/' }],
    ['another scheme', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'file://localhost/etc/passwd' }],
    ['a path that is a host', { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '.evil.example.com/' }],
    ['a user in front of a host', { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '@evil.example.com/' }],
    [
      'a token file that is not there',
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/nonexistent',
      },
    ],
    [
      'a token with a line break',
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/',
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'PLANTED\r\nx: y',
      },
    ],
  ])('A3: asks nothing of %s', async (_what, env) => {
    const error = await errorOf(containerCredentials({ env, clock })());

    expect(error.reason).toBe('credentials-unreadable');
    expect(JSON.stringify([error, error.stack])).not.toContain('PLANTED');
  });

  test.each([
    ['a refusal', 404, answer],
    ['garbage', 200, `{"SecretAccessKey":"${secret}"`],
    ['a missing field', 200, { ...answer, Token: undefined }],
  ])('A21: says nothing of what was in %s', async (_what, status, body) => {
    const { url } = await aServer((response) => json(response, status, body));
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: url };

    const error = await errorOf(containerCredentials({ env, clock })());

    expect(error.reason).toBe('credentials-unreadable');
    expect(JSON.stringify([error, error.stack])).not.toContain(secret);
  });

  test('rejects where no endpoint is named', async () => {
    const error = await errorOf(containerCredentials({ env: {}, clock })());

    expect(error.reason).toBe('credentials-missing');
  });
});
