import { describe, expect, it } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import type { TokenRequest } from '../../../../clients/api-client/token-request.ts';
import {
  createLocalApi,
  type LocalApiDependencies,
} from '../../../../layers/extension/local-api.ts';
import { aBundle, aCachedToken, aLog, someCaFiles } from './builders.ts';

const headers = { host: '127.0.0.1:2777', 'x-tokenvend-token': 'local-token' };

function anApi(parts: Partial<LocalApiDependencies['vending']> = {}) {
  const asked: TokenRequest[] = [];
  const { log, entries } = aLog();
  const api = createLocalApi({
    vending: {
      token: async (request) => {
        asked.push(request);
        return aCachedToken();
      },
      ca: async (name) => aBundle(name),
      ...parts,
    },
    caFiles: someCaFiles(),
    token: 'local-token',
    team: 'payments',
    port: 2777,
    ids: () => 'request-1',
    log,
  });
  const get = (target: string, more: Record<string, string> = {}) =>
    api({ method: 'GET', target, headers: { ...headers, ...more } });
  return { api, get, asked, entries };
}

describe('the local API', () => {
  it('hands out tokens', async () => {
    const { get, asked } = anApi();

    const { status } = await get('/v1/tokens?database=orders&user=orders_app');

    expect(status).toBe(200);
    expect(asked).toEqual([
      { database: 'orders', user: 'orders_app', team: 'payments', fresh: false },
    ]);
  });

  it('hands out CA bundles', async () => {
    const { get } = anApi();

    const answer = await get('/v1/ca/us-east-1');

    expect(answer).toMatchObject({ status: 200, body: aBundle('us-east-1').pem });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-pem-file',
      etag: `"${aBundle('us-east-1').sha256}"`,
    });
  });

  it('says that it is well to who has no token', async () => {
    const { api } = anApi();

    const answer = await api({
      method: 'GET',
      target: '/health',
      headers: { host: headers.host },
    });

    expect(answer).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    expect(answer.headers).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    '/',
    '/v1/tokens/',
    '/v1/token?database=orders',
    '/health?x=1',
    '/v1/ca/',
    '/v1/ca/Eu',
    '/v1/ca/../tokens',
    '/x/v1/ca/eu-west-1',
    '/v1/ca/eu-west-1?x=1',
    '/v1/ca/eu-west-1%2f..',
    'http://127.0.0.1:2777/v1/tokens?database=orders',
    '//v1/tokens?database=orders',
    '/v1/tokens?database=orders&x=1',
  ])('has no %s', async (target) => {
    const { get, asked } = anApi();

    const { status, body } = await get(target);

    expect({ status, code: JSON.parse(body).code }).toEqual({
      status: 400,
      code: 'INVALID_REQUEST',
    });
    expect(asked).toEqual([]);
  });

  it("answers with the API's error", async () => {
    const { get } = anApi({ token: () => Promise.reject(new ClientError('denied')) });

    const { status, body } = await get('/v1/tokens?database=orders');

    expect({ status, code: JSON.parse(body).code }).toEqual({ status: 403, code: 'DENIED' });
  });

  it('A20: hangs up on who is not let in, and says why once', async () => {
    const { get, asked, entries } = anApi();

    const first = await get('/v1/tokens?database=orders', { 'x-tokenvend-token': 'wrong' });
    await get('/v1/tokens?database=orders', { 'x-tokenvend-token': 'wrong' });
    const second = await get('/v1/tokens?database=orders', { origin: 'https://attacker.example' });

    expect(first).toMatchObject({ status: 401, headers: { connection: 'close' } });
    expect(JSON.parse(first.body).requestId).toBe('request-1');
    expect(second).toMatchObject({ status: 400, headers: { connection: 'close' } });
    expect(asked).toEqual([]);
    expect(entries()).toMatchObject([
      { code: 'REQUEST_REFUSED', reason: 'token-wrong' },
      { code: 'REQUEST_REFUSED', reason: 'browser-or-proxy' },
    ]);
  });
});
