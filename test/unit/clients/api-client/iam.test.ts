import { describe, expect, test } from 'vitest';
import type { ApiClient } from '../../../../clients/api-client/api-client.ts';
import type { AwsCredentials } from '../../../../clients/api-client/aws-credentials.ts';
import { verifyRequest } from '../../../../local/aws/sigv4.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { account, aLocalAws, noon, region } from '../../local/aws/a-local-aws.ts';
import { aSession } from '../../local/aws/a-signed-request.ts';
import { aServer, json, type TestServer } from './a-server.ts';
import { aClient, errorOf } from './an-api-client.ts';

const clock = (): Date => noon;

function iamClient(url: string, credentials: AwsCredentials): ApiClient {
  return aClient(url, {
    clock,
    auth: { kind: 'iam', region, credentials: async () => credentials },
  });
}

/** What AWS would say to the first request that the server has seen. */
function verdict(server: TestServer, aws: ReturnType<typeof aLocalAws>) {
  const [request] = server.seen;
  if (request === undefined) throw new Error('the server has seen nothing');
  return verifyRequest(request, {
    service: 'execute-api',
    region,
    now: noon,
    keys: aws.credentials,
  });
}

const page = { databases: [], next: null };
const standing = { kind: 'iam', account, principal: 'role/x', teams: [], registryVersion: '1' };

describe('an API client that is an AWS principal', () => {
  test.each<[string, (client: ApiClient) => Promise<unknown>, unknown, string]>([
    [
      'a token',
      (client) => client.vend({ database: 'orders', fresh: true }),
      anAnswer(),
      '/api/v1/iam/tokens',
    ],
    [
      'its databases',
      (client) => client.databases({ limit: 5, cursor: 'b3J/kZ+XJz==' }),
      page,
      '/api/v1/iam/databases?limit=5&cursor=b3J%2FkZ%2BXJz%3D%3D',
    ],
    ['who it is', (client) => client.whoami(), standing, '/api/v1/iam/whoami'],
  ])('signs a request for %s', async (_what, call, answer, path) => {
    const aws = aLocalAws();
    const key = aSession(aws);
    const server = await aServer((response) => json(response, 200, answer));

    await call(iamClient(`${server.url}/api`, key));

    expect(verdict(server, aws)).toEqual({ ok: true, key });
    expect(server.seen[0]?.url).toBe(path);
  });

  test('signs with the keys of a user, who has no session token', async () => {
    const aws = aLocalAws();
    const key = aws.credentials.issueUserKey({ account, name: 'ci', policies: [] });
    const server = await aServer((response) => json(response, 200, anAnswer()));

    await iamClient(server.url, { ...key, sessionToken: '' }).vend({ database: 'orders' });

    expect(verdict(server, aws)).toEqual({ ok: true, key });
  });

  test('asks the provider before every request', async () => {
    const aws = aLocalAws();
    const keys = [aSession(aws), aSession(aws)];
    const server = await aServer((response) => json(response, 200, anAnswer()));
    const credentials = async () => keys[server.seen.length] ?? aSession(aws);
    const client = aClient(server.url, { clock, auth: { kind: 'iam', region, credentials } });

    await client.vend({ database: 'orders' });
    await client.vend({ database: 'orders' });

    const tokens = server.seen.map(({ headers }) => headers['x-amz-security-token']);
    expect(tokens).toEqual(keys.map(({ sessionToken }) => sessionToken));
  });

  test('is not asked again after a 401: the same credentials would come', async () => {
    const server = await aServer((response) => json(response, 401, {}));

    await errorOf(iamClient(server.url, aSession(aLocalAws())).vend({ database: 'orders' }));

    expect(server.seen).toHaveLength(1);
  });

  test('is refused at once where no Region can be told', () => {
    const make = () =>
      aClient('https://tokens.example.com', {
        auth: { kind: 'iam', credentials: async () => aSession(aLocalAws()) },
      });

    expect(make).toThrow(expect.objectContaining({ reason: 'region-unknown' }));
  });

  test.each([
    ['a provider that fails', () => Promise.reject(new Error('PLANTED'))],
    ['a key that is none', async () => ({ accessKeyId: '', secretAccessKey: 'PLANTED' })],
  ])('A21: says nothing of %s', async (_what, credentials) => {
    const server = await aServer((response) => json(response, 200, anAnswer()));
    const client = aClient(server.url, { auth: { kind: 'iam', region, credentials } });

    const error = await errorOf(client.vend({ database: 'orders' }));

    expect(error).toMatchObject({ kind: 'identity', reason: 'credentials-unreadable' });
    expect(JSON.stringify([error, error.stack])).not.toContain('PLANTED');
  });
});
