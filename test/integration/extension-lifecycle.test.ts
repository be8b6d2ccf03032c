import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../local/free-port.ts';
import { countFrom } from '../builders/counts.ts';
import { aFunction, aLayer, invoked, logged } from './extension-programs/a-function.ts';
import { aTokenApi, numberOf, pem } from './extension-programs/a-token-api.ts';

/** In batches of four. */
const starts = countFrom('COLD_STARTS', 100, 1_000);
let opt = '';
let remove = (): Promise<void> => Promise.resolve();

beforeAll(async () => {
  ({ opt, remove } = await aLayer());
});

afterAll(() => remove());

describe('a cold start', () => {
  it(
    'is never "not ready": however many functions ask at their first line, all are served',
    async () => {
      const api = await aTokenApi();
      const coldStart = async () => {
        const env = { ASK_AT_TOP_LEVEL: '1' };
        const lambda = await aFunction('first', { opt, apiUrl: api.url, env });
        const { status } = await invoked(lambda);
        await lambda.close();
        return status;
      };
      const statuses: number[] = [];

      for (let round = 0; round < starts.times / 4; round += 1) {
        statuses.push(...(await Promise.all([1, 2, 3, 4].map(coldStart))));
      }

      expect(statuses).toHaveLength(starts.times);
      expect(new Set(statuses)).toEqual(new Set([200]));
      expect(api.requests).toHaveLength(starts.times);
    },
    starts.timeoutMs,
  );

  it('has the token before the function asks, where it is prefetched', async () => {
    const api = await aTokenApi();
    const env = { TOKENVEND_PREFETCH: 'orders/orders_app' };
    const lambda = await aFunction('token', { opt, apiUrl: api.url, env });
    await lambda.initialized;
    await expect.poll(() => api.requests.length).toBe(1);

    const { headers, body } = await invoked(lambda);

    const { tls } = JSON.parse(body);
    expect(['hit', 'miss']).toContain(headers['x-tokenvend-cache']);
    expect(api.requests).toEqual([{ database: 'orders', user: 'orders_app', inlineCa: true }]);
    expect(tls.ca.file).toBe(join(lambda.temporary, 'tokenvend', 'eu-west-1.pem'));
    expect(readFileSync(tls.ca.file, 'utf8')).toBe(pem);
  });

  it("signs with the function's credentials", async () => {
    const api = await aTokenApi();
    const lambda = await aFunction('token', { opt, apiUrl: api.url });

    await invoked(lambda);

    expect(api.authorizations).toEqual([
      expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=ASIALOCALLAMBDA00000\/\d{8}\/eu-west-1\/execute-api\//,
      ),
    ]);
  });

  it('is not failed by an API that is away: only who asks for a token hears of it', async () => {
    const apiUrl = `http://127.0.0.1:${await freePort()}`;
    const env = { TOKENVEND_PREFETCH: 'orders/orders_app' };
    const lambda = await aFunction('token', { opt, apiUrl, env });

    const end = await lambda.initialized;
    const { status, headers, body } = await invoked(lambda);

    expect(end).toEqual({ kind: 'done' });
    expect({ status, code: JSON.parse(body).code }).toEqual({
      status: 503,
      code: 'UPSTREAM_UNAVAILABLE',
    });
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
  });

  it("is not broken by the function's NODE_OPTIONS", async () => {
    const api = await aTokenApi();
    const env = { NODE_OPTIONS: `--require ${join(opt, 'tokenvend/LICENSE')}` };
    const lambda = await aFunction('token', {
      opt,
      apiUrl: api.url,
      env,
      runtime: {
        command: '/bin/sh',
        args: ['-c', `unset NODE_OPTIONS; exec "${process.execPath}" local/lambda/runtime.ts`],
      },
      taskDirectory: process.cwd(),
      function: { handler: 'test/integration/extension-programs/functions.token' },
    });

    const { status } = await invoked(lambda);

    expect(status).toBe(200);
  });
});

describe('an invocation', () => {
  it('is served from memory, and logs nothing', async () => {
    const api = await aTokenApi();
    const lambda = await aFunction('token', {
      opt,
      apiUrl: api.url,
      env: { TOKENVEND_LOG_LEVEL: 'INFO' },
    });
    await invoked(lambda);

    const { headers } = await invoked(lambda);
    await lambda.idle();

    expect(headers).toMatchObject({ 'x-tokenvend-cache': 'hit', age: expect.any(String) });
    expect(api.requests).toHaveLength(1);
    expect(logged(lambda)).toEqual([]);
  });

  it('does not wait for a token that is renewed', async () => {
    const api = await aTokenApi();
    // Due at once, as it may be handed out for 11 s only.
    api.behave({ lifeSeconds: 71 });
    const lambda = await aFunction('token', {
      opt,
      apiUrl: api.url,
      env: { TOKENVEND_TIMEOUT_MS: '20000' },
    });
    await invoked(lambda);
    api.behave({ delayMs: 15_000 });

    const startedAt = performance.now();
    await expect
      .poll(
        async () => {
          await lambda.invoke();
          await lambda.idle();
          return api.requests.length;
        },
        { timeout: 12_000, interval: 200 },
      )
      .toBe(2);

    expect(performance.now() - startedAt).toBeLessThan(14_000);
  });

  it('brings a new token when the old one has failed', async () => {
    const api = await aTokenApi();
    const lambda = await aFunction('token', { opt, apiUrl: api.url });
    const old = await invoked(lambda);

    const target = '/v1/tokens?database=orders&user=orders_app&fresh=true';
    const fresh = await invoked(lambda, { target });

    expect([numberOf(old.body), numberOf(fresh.body)]).toEqual([1, 2]);
    expect(api.requests[1]).toMatchObject({ fresh: true });
  });
});

describe('managed instances', () => {
  it('have the extension without its hearing of invocations', async () => {
    const api = await aTokenApi();
    const mode = 'lambda-managed-instances';
    const lambda = await aFunction('token', { opt, apiUrl: api.url, mode });

    const end = await lambda.initialized;
    const answers = await Promise.all(Array.from({ length: 20 }, () => invoked(lambda)));

    expect(end).toEqual({ kind: 'done' });
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(api.requests).toHaveLength(1);
  });
});

describe('the Runtime Interface Emulator', () => {
  it('has the extension as well', async () => {
    const api = await aTokenApi();
    const lambda = await aFunction('token', { opt, apiUrl: api.url, like: 'rie' });

    const { status } = await invoked(lambda);
    await lambda.shutdown();

    expect(status).toBe(200);
    expect(logged(lambda)).toEqual([]);
  });
});
