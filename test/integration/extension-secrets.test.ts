import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../local/free-port.ts';
import { aFunction, aLayer, invoked } from './extension-programs/a-function.ts';
import { aTokenApi, numberOf } from './extension-programs/a-token-api.ts';

let opt = '';
let remove = (): Promise<void> => Promise.resolve();

beforeAll(async () => {
  ({ opt, remove } = await aLayer());
});

afterAll(() => remove());

const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'planted-secret-key',
  sessionToken: 'planted-session-token',
  expiresAt: new Date('2100-01-01T00:00:00Z'),
};

const env = {
  TOKENVEND_LOG_LEVEL: 'DEBUG',
  TOKENVEND_PREFETCH: 'orders/orders_app',
  // Prints every header that Node sends and receives.
  NODE_DEBUG: 'http,https,net,tls',
};

const target = '/v1/tokens?database=orders&user=orders_app';

/** What the extension wrote, on both streams. */
function writtenBy(lambda: Awaited<ReturnType<typeof aFunction>>): string {
  return lambda
    .logs()
    .filter(({ source }) => source === 'tokenvend')
    .map(({ text }) => text)
    .join('\n');
}

describe('A21: what the extension writes', () => {
  it('holds no secret, whatever happens, at its most talkative level', async () => {
    const api = await aTokenApi();
    const lambda = await aFunction('token', { opt, apiUrl: api.url, env, credentials });
    const good = await invoked(lambda, { target });
    for (const body of ['planted-body', '{"code":"planted-code","detail":"planted-detail"}']) {
      for (const status of [200, 400, 401, 403, 429, 500]) {
        api.behave({ status, body });
        await invoked(lambda, { target: `${target}&fresh=true` });
        await invoked(lambda, { target: `/v1/tokens?database=other-${status}` });
      }
    }
    for (const wrong of ['/v1/tokens?database=planted-Query', '/planted-path', '/v1/ca/nowhere']) {
      await invoked(lambda, { target: wrong });
    }
    await lambda.shutdown();

    const written = writtenBy(lambda);

    expect(numberOf(good.body)).toBe(1);
    expect(written).toContain('VENDED');
    expect(written).toContain('VEND_FAILED');
    expect(written).not.toMatch(/planted/i);
    expect(written).not.toContain('X-Amz-');
    expect(written).not.toContain('BEGIN CERTIFICATE');
    for (const line of written.split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  it("is no answer of the API's either, which might echo what it was sent", async () => {
    const api = await aTokenApi();
    const lambda = await aFunction('token', { opt, apiUrl: api.url, credentials });
    api.behave({ status: 403, body: '{"code":"DENIED","detail":"planted","hint":"planted"}' });

    const { status, body } = await invoked(lambda, { target });

    expect({ status, code: JSON.parse(body).code }).toEqual({ status: 403, code: 'DENIED' });
    expect(body).not.toContain('planted');
  });

  it('is no value of a setting', async () => {
    const apiUrl = `https://planted:planted@127.0.0.1:${await freePort()}`;
    const lambda = await aFunction('token', { opt, apiUrl, env, credentials });

    await lambda.initialized;

    expect(writtenBy(lambda)).toContain('SETTINGS_INVALID');
    expect(writtenBy(lambda)).not.toContain('planted');
  });
});
