import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../../../clients/node/machine.ts';
import { createTokenSource } from '../../../../clients/node/token-source.ts';
import type { TokenSourceOptions } from '../../../../clients/node/token-source-options.ts';
import { anAnswer, aToken } from '../../../builders/answers.ts';
import { aClock, type ManualClock } from '../../../builders/clock.ts';
import { aClosedPort, aServer, json, type Script } from '../api-client/a-server.ts';
import { jwt } from '../api-client/an-api-client.ts';
import { tls } from './a-source.ts';

const target = { database: 'orders', user: 'orders_app' };
const credentials = {
  AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'planted-secret-key',
  AWS_SESSION_TOKEN: 'planted-session-token',
  AWS_REGION: 'eu-west-1',
};

function aMachine(env: Machine['env'] = {}, clock: ManualClock = aClock()): Machine {
  return { env, clock, monotonicMs: () => clock().getTime(), random: () => 0.5 };
}

/** An API that gives another token each time, and what the test needs of it. */
async function anApi(clock: ManualClock = aClock()) {
  const script: Script = (response, _seen, n) =>
    json(response, 200, anAnswer({ at: clock(), token: aToken({}, n), tls }));
  return aServer(script);
}

const withJwt = (apiUrl: string): TokenSourceOptions => ({
  apiUrl,
  auth: { identity: async () => jwt },
});

describe('a source of tokens', () => {
  it('asks for nothing until it is asked', async () => {
    const api = await anApi();

    createTokenSource(withJwt(api.url), aMachine());

    expect(api.connections.opened).toBe(0);
  });

  it('asks once for everybody, with the CA that makes verification possible', async () => {
    const api = await anApi();
    const source = createTokenSource(withJwt(api.url), aMachine());

    const tokens = await Promise.all([1, 2, 3].map(() => source.get(target)));
    const password = await source.password(target);

    expect(api.seen).toHaveLength(1);
    expect(JSON.parse(String(api.seen[0]?.body))).toEqual({ ...target, inlineCa: true });
    expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set([password]));
    expect(tokens[0]?.tls.ca.pem).toBe(tls.ca.pem);
  });

  it('gives another token once the first is about to die', async () => {
    const clock = aClock();
    const api = await anApi(clock);
    const source = createTokenSource(withJwt(api.url), aMachine({}, clock));

    const first = await source.password(target);
    clock.advance(850);
    const second = await source.password(target);

    expect(second).not.toBe(first);
  });

  it('keeps what it is told of the minimum that a token must have left', async () => {
    const clock = aClock();
    const api = await anApi(clock);
    const options = { ...withJwt(api.url), minTtlSeconds: 600 };
    const source = createTokenSource(options, aMachine({}, clock));

    await source.get(target);
    clock.advance(301);
    const { expiresIn } = await source.get(target);

    expect(expiresIn).toBe(900);
  });

  it('gives another token when a login with the first has failed', async () => {
    const api = await anApi();
    const source = createTokenSource(withJwt(api.url), aMachine());

    const first = await source.get(target);
    const second = await source.get({ ...target, fresh: true });

    expect(second.token).not.toBe(first.token);
    expect(JSON.parse(String(api.seen[1]?.body))).toMatchObject({ fresh: true });
    expect(await source.password(target)).toBe(second.token);
  });

  it('asks for its own team, unless the target names one', async () => {
    const api = await anApi();
    const options = { ...withJwt(api.url), team: 'payments' };
    const source = createTokenSource(options, aMachine());

    await source.get(target);
    await source.get({ ...target, team: 'billing' });

    const teams = api.seen.map(({ body }) => JSON.parse(String(body)).team);
    expect(teams).toEqual(['payments', 'billing']);
  });

  it('takes no token without the CA that it asked for', async () => {
    const api = await aServer((response) => json(response, 200, anAnswer()));
    const source = createTokenSource(withJwt(api.url), aMachine());

    await expect(source.get(target)).rejects.toMatchObject({ reason: 'answer-unreadable' });
  });

  it('signs with the credentials of the environment when told to', async () => {
    const api = await anApi();
    const source = createTokenSource({ apiUrl: api.url, auth: 'iam' }, aMachine(credentials));

    await source.get(target);

    expect(api.seen[0]?.url).toBe('/v1/iam/tokens');
    expect(api.seen[0]?.headers.authorization).toContain('/eu-west-1/execute-api/aws4_request');
  });

  it('signs with credentials of its own when given some', async () => {
    const api = await anApi();
    const own = async () => ({ accessKeyId: 'AKIAOWN', secretAccessKey: 'planted-own-key' });
    const options = { apiUrl: api.url, region: 'eu-central-1', auth: { credentials: own } };

    await createTokenSource(options, aMachine()).get(target);

    expect(api.seen[0]?.headers.authorization).toContain('Credential=AKIAOWN/');
    expect(api.seen[0]?.headers.authorization).toContain('/eu-central-1/');
  });

  it('A21: shows no secret when it is printed, nor in its errors', async () => {
    const api = await aServer((response, seen) =>
      json(response, 403, { code: 'DENIED', detail: `${seen.headers.authorization}` }),
    );
    const source = createTokenSource({ apiUrl: api.url, auth: 'iam' }, aMachine(credentials));

    const error = await source.get(target).catch((reason: unknown) => reason);

    const printed = inspect([source, error], { depth: 9, showHidden: true });
    expect(printed).toContain('denied');
    expect(printed).not.toMatch(/planted|Credential=/);
  });
});

describe('in Lambda', () => {
  const lambda = { ...credentials, AWS_LAMBDA_FUNCTION_NAME: 'shop' };

  it('a source asks the extension where it listens', async () => {
    const api = await anApi();
    const extension = await anApi();
    const port = { TOKENVEND_PORT: new URL(extension.url).port };
    const source = createTokenSource({ apiUrl: api.url }, aMachine({ ...lambda, ...port }));

    await source.get(target);

    expect([extension.seen.length, api.seen.length]).toEqual([1, 0]);
  });

  it('a source signs for itself where nobody listens', async () => {
    const api = await anApi();
    const env = { ...lambda, TOKENVEND_PORT: new URL(await aClosedPort()).port };
    const source = createTokenSource({ apiUrl: api.url }, aMachine(env));

    await source.get(target);

    expect(api.seen[0]?.url).toBe('/v1/iam/tokens');
  });

  it('nowhere else is a session token shown to whoever listens on the port', async () => {
    const api = await anApi();
    const stranger = await anApi();
    const env = { ...credentials, TOKENVEND_PORT: new URL(stranger.url).port };
    const source = createTokenSource(
      { apiUrl: api.url, auth: 'auto' },
      aMachine({ ...env, TOKENVEND_IDENTITY_TOKEN: jwt }),
    );

    await source.get(target);

    expect([stranger.seen.length, api.seen.length]).toEqual([0, 1]);
    expect(api.seen[0]?.headers.authorization).toBe(`Bearer ${jwt}`);
  });
});
