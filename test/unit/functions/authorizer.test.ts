import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../../core/audit.ts';
import { VendError } from '../../../core/errors.ts';
import type { JwtIdentity } from '../../../core/identity.ts';
import { decodeIdentity } from '../../../core/jwt-identity.ts';
import { sessionNameOf } from '../../../core/session.ts';
import {
  type AuthorizerDependencies,
  createAuthorizerHandler,
} from '../../../functions/authorizer/handler.ts';
import { deferred, settle } from '../../builders/deferred.ts';

const api = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5';

const identity: JwtIdentity = {
  kind: 'jwt',
  issuer: 'https://issuer.example.com',
  subject: 'system:serviceaccount:payments:api',
  claims: new Map([['ref', 'refs/heads/main']]),
  expiresAt: new Date('2026-03-01T12:10:00Z'),
  evidence: { kid: 'key-1', auditClaims: {} },
};

interface Recorded {
  readonly records: AuditRecord[];
  readonly logged: unknown[];
  readonly verified: string[];
}

function aHandler(overrides: Partial<AuthorizerDependencies> = {}) {
  const recorded: Recorded = { records: [], logged: [], verified: [] };
  const log = (...line: unknown[]): void => {
    recorded.logged.push(line);
  };
  const handler = createAuthorizerHandler({
    verify: async (jwt) => {
      recorded.verified.push(jwt);
      return identity;
    },
    audit: {
      write: async (record) => {
        await new Promise((resolve) => setImmediate(resolve));
        recorded.records.push(record);
      },
    },
    clock: () => new Date('2026-03-01T12:00:00Z'),
    ids: () => 'vend-1',
    log: { info: log, warn: log, error: log },
    ...overrides,
  });
  return { handler, ...recorded };
}

const failing = (error: unknown): Partial<AuthorizerDependencies> => ({
  verify: () => Promise.reject(error),
});

function anEvent(
  multiValueHeaders: Record<string, string[]> = { Authorization: ['Bearer aaa.bbb.ccc'] },
  overrides: Partial<APIGatewayRequestAuthorizerEvent> = {},
): APIGatewayRequestAuthorizerEvent {
  const event: unknown = {
    type: 'REQUEST',
    methodArn: `${api}/prod/GET/v1/whoami`,
    resource: '/v1/whoami',
    path: '/v1/whoami',
    httpMethod: 'GET',
    headers: Object.fromEntries(
      Object.entries(multiValueHeaders).map(([name, values]) => [name, values.at(-1)]),
    ),
    multiValueHeaders,
    requestContext: {
      requestId: 'request-1',
      identity: { sourceIp: '203.0.113.7', userAgent: 'curl/8' },
    },
    ...overrides,
  };
  return event as APIGatewayRequestAuthorizerEvent;
}

describe('a JWT whose issuer keeps silent', () => {
  test('is recorded before the time is up, and answered as one that cannot be told', async () => {
    const { handler, records } = aHandler({ verify: () => new Promise(() => undefined) });

    const answer = handler(anEvent(), Promise.resolve());

    await expect(answer).rejects.toThrow(/^AuthorizerUnavailable$/);
    expect(records).toMatchObject([{ outcome: 'failed', reason: 'out-of-time' }]);
  });

  test('is recorded once, whatever comes of it later', async () => {
    const late = deferred<JwtIdentity>();
    const { handler, records } = aHandler({ verify: () => late.promise });

    await handler(anEvent(), Promise.resolve()).catch(() => undefined);
    late.reject(new VendError('UNAUTHENTICATED', 'jwt-signature'));
    await settle();

    expect(records).toHaveLength(1);
  });
});

describe('a verified JWT', () => {
  test('opens the whole stage, since the cached answer serves every route', async () => {
    const { handler } = aHandler();

    const { policyDocument } = await handler(anEvent());

    expect(policyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/prod/*/*` },
    ]);
  });

  test('opens no other stage and no other API', async () => {
    const { handler } = aHandler();

    const { policyDocument } = await handler(
      anEvent(undefined, { methodArn: `${api}/beta/POST/v1/tokens/prod/x` }),
    );

    expect(policyDocument).toMatchObject({
      Version: '2012-10-17',
      Statement: [{ Resource: `${api}/beta/*/*` }],
    });
  });

  test('passes on who is asking, under a name that stays the same', async () => {
    const { handler, verified } = aHandler();

    const answer = await handler(anEvent());

    expect(verified).toEqual(['aaa.bbb.ccc']);
    expect(answer.principalId).toBe(sessionNameOf(identity));
    expect(decodeIdentity(String(answer.context?.identity))).toEqual(identity);
  });

  test('leaves the record to the function that answers', async () => {
    const { handler, records } = aHandler();

    await handler(anEvent());

    expect(records).toEqual([]);
  });
});

describe('a JWT that is refused', () => {
  test('includes one that was not sent', async () => {
    const { handler, records, verified } = aHandler();

    await expect(handler(anEvent({ Host: ['tokens.example.com'] }))).rejects.toThrow(
      /^Unauthorized$/,
    );

    expect(verified).toEqual([]);
    expect(records).toMatchObject([{ outcome: 'unauthenticated', reason: 'identity-missing' }]);
  });

  test('is recorded before API Gateway hears the one word it turns into a 401', async () => {
    const { handler, records, logged } = aHandler(
      failing(new VendError('UNAUTHENTICATED', 'jwt-expired')),
    );

    await expect(handler(anEvent())).rejects.toThrow(/^Unauthorized$/);

    expect(logged).toEqual([]);
    expect(records).toEqual([
      {
        audit: 'vend',
        outcome: 'unauthenticated',
        reason: 'jwt-expired',
        vendId: 'vend-1',
        requestId: 'request-1',
        time: '2026-03-01T12:00:00.000Z',
        sourceIp: '203.0.113.7',
        userAgent: 'curl/8',
      },
    ]);
  });

  test('A22: stays refused if the record cannot be written', async () => {
    const { handler } = aHandler({
      ...failing(new VendError('UNAUTHENTICATED', 'jwt-signature')),
      audit: { write: () => Promise.reject(new Error('disk full')) },
    });

    await expect(handler(anEvent())).rejects.toThrow(/^Unauthorized$/);
  });

  test('includes an identity too large to hand on', async () => {
    const claims = new Map(Array.from({ length: 8 }, (_, at) => [`k${at}`, 'x'.repeat(1000)]));
    const { handler, records } = aHandler({ verify: async () => ({ ...identity, claims }) });

    await expect(handler(anEvent())).rejects.toThrow(/^Unauthorized$/);

    expect(records).toMatchObject([{ outcome: 'unauthenticated', reason: 'identity-unusable' }]);
  });
});

describe('a JWT that cannot be judged', () => {
  test('fails with another word, so that the client tries again', async () => {
    const { handler, records } = aHandler(
      failing(new VendError('UPSTREAM_UNAVAILABLE', 'issuer-unreachable')),
    );

    await expect(handler(anEvent())).rejects.toThrow(/^AuthorizerUnavailable$/);

    expect(records).toMatchObject([{ outcome: 'failed', reason: 'issuer-unreachable' }]);
  });

  test('A21: lets nothing of an unexpected error out', async () => {
    const { handler, records, logged } = aHandler(
      failing(Object.assign(new TypeError('canary-7f3a'), { payload: 'canary-7f3a' })),
    );

    const error = await handler(anEvent()).catch((thrown: unknown) => thrown);

    expect(error).toEqual(new Error('AuthorizerUnavailable'));
    expect(error).not.toHaveProperty('cause');
    expect(records).toMatchObject([{ outcome: 'failed', reason: 'unexpected' }]);
    expect(logged).toEqual([['UNEXPECTED_ERROR', { type: 'TypeError' }]]);
  });

  test.each([
    ['a name with spaces', 'canary 7f3a'],
    ['no name of a class', 'canary-7f3a'],
  ])('A21: logs no type that could be a secret: %s', async (_, name) => {
    const { handler, logged } = aHandler(failing(Object.assign(new Error('x'), { name })));

    await expect(handler(anEvent())).rejects.toThrow();

    expect(logged).toEqual([['UNEXPECTED_ERROR', { type: 'Error' }]]);
  });

  test.each([null, {}, 'text', { requestContext: null }, { methodArn: 7, requestContext: {} }])(
    'A28: is recorded where nobody but an invoker can have made it up: %j',
    async (forged) => {
      const { handler, records } = aHandler();

      const answer: Promise<unknown> = Reflect.apply(handler, undefined, [forged]);

      await expect(answer).rejects.toThrow(/^(?:Unauthorized|AuthorizerUnavailable)$/);
      expect(records).toMatchObject([{ requestId: 'unknown' }]);
    },
  );

  test.each(['', 'no-arn', `${api}`, '/prod/GET/v1/whoami'])(
    'answers no event whose method is %j',
    async (methodArn) => {
      const { handler, records } = aHandler();

      await expect(handler(anEvent(undefined, { methodArn }))).rejects.toThrow();

      expect(records).toMatchObject([{ outcome: 'failed', reason: 'forged-event' }]);
    },
  );
});
