import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createWallClock } from '../../local/lambda/wall-clock.ts';
import { aClock } from '../builders/clock.ts';
import { aFunction, aLayer, invoked, logged } from './extension-programs/a-function.ts';
import { aService, tokenPath } from './extension-programs/a-service.ts';
import { aTokenApi, numberOf } from './extension-programs/a-token-api.ts';

let opt = '';
let remove = (): Promise<void> => Promise.resolve();

beforeAll(async () => {
  ({ opt, remove } = await aLayer());
});

afterAll(() => remove());

function aWallClock() {
  const wall = createWallClock();
  onTestFinished(() => wall.remove());
  return wall;
}

describe('A19: a frozen environment', () => {
  it('never hands out a token that has died meanwhile, though its own clock stood still', async () => {
    const wall = aWallClock();
    const api = await aTokenApi(wall.clock);
    const { LOCAL_LAMBDA_CLOCK_FILE = '' } = wall.env;
    const lambda = await aFunction('token', {
      opt,
      apiUrl: api.url,
      env: { LOCAL_LAMBDA_CLOCK_FILE },
      clock: wall.clock,
      withWallClock: true,
    });
    const before = await invoked(lambda);
    await lambda.idle();

    wall.jump(20 * 60_000);
    const after = await invoked(lambda);

    expect(lambda.history().map(({ event }) => event)).toContain('thaw');
    expect([numberOf(before.body), numberOf(after.body)]).toEqual([1, 2]);
    expect(JSON.parse(after.body).expiresIn).toBeGreaterThan(890);
  });

  it('asks anew where a call was under way when it froze', async () => {
    const wall = aWallClock();
    const api = await aTokenApi(wall.clock);
    api.behave({ delayMs: 15_000 });
    const { LOCAL_LAMBDA_CLOCK_FILE = '' } = wall.env;
    const lambda = await aFunction('token', {
      opt,
      apiUrl: api.url,
      env: {
        LOCAL_LAMBDA_CLOCK_FILE,
        TOKENVEND_PREFETCH: 'orders/orders_app',
        TOKENVEND_TIMEOUT_MS: '20000',
        TOKENVEND_LOG_LEVEL: 'DEBUG',
      },
      clock: wall.clock,
      mode: 'provisioned-concurrency',
      withWallClock: true,
    });
    await lambda.initialized;
    await expect.poll(() => api.requests.length).toBe(1);

    // Less than any call may take: only the clocks show that this one will not come back.
    wall.jump(10_000);
    api.behave({});
    const { status, body, tookMs } = await invoked(lambda);

    expect(status).toBe(200);
    expect(numberOf(body)).toBe(2);
    expect(tookMs).toBeLessThan(5_000);
    expect(logged(lambda).map(({ code }) => code)).toContain('THAWED');
  });
});

describe('A19: SnapStart', () => {
  const fresh = {
    accessKeyId: 'ASIAAFTERRESTORE0000',
    secretAccessKey: 'fresh',
    sessionToken: 'fresh',
    expiresAt: new Date('2100-01-01T00:00:00Z'),
  };

  it('takes nothing into the snapshot, and works after it with the credentials of then', async () => {
    const api = await aTokenApi();
    const env = { TOKENVEND_PREFETCH: 'orders/orders_app' };
    const lambda = await aFunction('token', { opt, apiUrl: api.url, env, mode: 'snap-start' });
    const end = await lambda.initialized;
    const before = api.requests.length;

    await lambda.restore(fresh);
    const { status } = await invoked(lambda);

    expect(end).toEqual({ kind: 'done' });
    expect(before).toBe(0);
    expect(status).toBe(200);
    expect(api.requests).toHaveLength(1);
    expect(api.authorizations[0]).toContain('Credential=ASIAAFTERRESTORE0000/');
  });

  it('holds who asks before the snapshot, and serves them after it', async () => {
    const api = await aTokenApi();
    const env = { ASK_AT_TOP_LEVEL: '1', TOKENVEND_TIMEOUT_MS: '30000' };
    const lambda = await aFunction('first', { opt, apiUrl: api.url, env, mode: 'snap-start' });
    await lambda.initialized;
    const before = api.requests.length;

    await lambda.restore(fresh);
    const { status } = await invoked(lambda);

    expect(before).toBe(0);
    expect(status).toBe(200);
  });
});

describe('an API that is away', () => {
  it('does no harm while a token is good, and is said at once when it is not any more', async () => {
    const clock = aClock(new Date());
    let monotonicMs = 0;
    const pass = (seconds: number): void => {
      clock.advance(seconds);
      monotonicMs += seconds * 1000;
    };
    const api = await aTokenApi(clock);
    const { get } = await aService({ apiUrl: api.url, clock, monotonicMs: () => monotonicMs });
    await get(tokenPath);
    api.behave({ status: 503 });

    pass(700);
    await get(tokenPath);
    await expect
      .poll(() => get(tokenPath).then(({ headers }) => headers['x-tokenvend-cache']))
      .toBe('stale');
    pass(139);
    const atTheMargin = await get(tokenPath);
    pass(2);
    const beyondIt = await get(tokenPath);
    const calls = api.requests.length;
    const startedAt = performance.now();
    const atOnce = await get(tokenPath);
    const tookMs = performance.now() - startedAt;

    expect(atTheMargin).toMatchObject({ status: 200, headers: { age: '839' } });
    expect(JSON.parse(atTheMargin.text).expiresIn).toBe(61);
    expect(beyondIt.status).toBe(503);
    expect(atOnce.status).toBe(503);
    expect(api.requests).toHaveLength(calls);
    expect(tookMs).toBeLessThan(250);
  });
});
