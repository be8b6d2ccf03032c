import { beforeEach, describe, expect, it } from 'vitest';
import { encodeIdentity } from '../../core/jwt-identity.ts';
import { identityOf, nightlyCredentials } from '../../local/callers.ts';
import { subjects } from '../../local/organization.ts';
import { aCaller } from '../builders/callers.ts';
import { passedOn } from '../builders/events.ts';
import { exchangeSigned, vend } from './support/callers.ts';
import { directly } from './support/direct-invocation.ts';
import { aHeldStack } from './support/held-stack.ts';
import { exchange, outcomeOf, problemOf } from './support/http.ts';
import { editRegistry } from './support/registry-edits.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();

beforeEach(() => clock.advance(1));

/** The orders pod, as the authorizer would have found it a moment ago. */
function thePod() {
  const expiresAt = new Date(Date.now() + 3_600_000);
  return aCaller({ issuer: stack.issuers.kubernetes.url, subject: subjects.ordersPod, expiresAt });
}

/** What the authorizer would pass on for the orders pod, under every name that might be believed. */
function contextHeaders(): (readonly [string, string])[] {
  const identity = encodeIdentity(thePod());
  const context = JSON.stringify({ authorizer: { identity } });
  return [
    ['identity', identity],
    ['requestContext', context],
    ['x-amzn-request-context', context],
    ['userArn', 'arn:aws:iam::111122223333:root'],
  ];
}

const wish = '{"database":"orders"}';

describe('A28: the authorizer’s context', () => {
  it.each<readonly [string, () => Parameters<typeof vend>[3], () => string]>([
    ['headers', () => ({ headers: contextHeaders() }), () => wish],
    [
      'the query',
      () => ({ query: `?identity=${encodeURIComponent(encodeIdentity(thePod()))}` }),
      () => wish,
    ],
    [
      'the body',
      () => ({}),
      () => JSON.stringify({ requestContext: { authorizer: passedOn(thePod()) } }),
    ],
  ])('cannot be set by a client through %s', async (_what, more, body) => {
    const path = `/v1/tokens${more()?.query ?? ''}`;
    const headers = more()?.headers ?? [];

    const anonymous = await exchange(stack.apiUrl, { method: 'POST', path, headers, body: body() });
    const stranger = await vend(stack, await identityOf(stack, 'billing-pod'), body(), more());

    expect(outcomeOf(anonymous)).toBe('401 UNAUTHENTICATED');
    expect(['400 INVALID_REQUEST', '403 DENIED']).toContain(outcomeOf(stranger));
  });

  it('cannot be set by a caller who signs', async () => {
    const asked = { method: 'POST', path: '/v1/iam/tokens', body: wish, headers: contextHeaders() };

    const answer = await exchangeSigned(stack, nightlyCredentials(stack), asked);

    expect(outcomeOf(answer)).toBe('200');
    expect(lastRecord(stack).caller?.principal).toBe('role/payments-nightly');
  });

  it('is not read from either of two Authorization headers', async () => {
    const pod = await identityOf(stack, 'orders-pod');
    const stranger = await identityOf(stack, 'billing-pod');
    const both = (one: string, other: string) =>
      vend(stack, one, undefined, { headers: [['authorization', `Bearer ${other}`]] });

    const answers = [await both(pod, stranger), await both(stranger, pod)];

    expect(answers.map(outcomeOf)).toEqual(['401 UNAUTHENTICATED', '401 UNAUTHENTICATED']);
    expect(lastRecord(stack).reason).toBe('identity-missing');
  });
});

describe('A28: the address of a caller', () => {
  it('is the one it connects from, whatever it says in a header', async () => {
    const names = ['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP', 'sourceIp'];
    const headers = names.map((name) => [name, '203.0.113.9'] as const);
    await editRegistry(stack, clock, [['[127.0.0.0/8]', '[203.0.113.0/24]']]);

    const answer = await vend(stack, await identityOf(stack, 'engineer'), undefined, { headers });

    expect(problemOf(answer)).toMatchObject({ code: 'DENIED', hint: 'grant-not-in-force' });
    expect(lastRecord(stack)).toMatchObject({ reason: 'source-ip', sourceIp: '127.0.0.1' });
  });
});

describe('A28: an event that did not come through this API', () => {
  const event = () => ({ authorizer: passedOn(thePod()), body: wish });

  it.each(['zzzzzzzzzz', '', 'A1B2C3D4E5', 'a1b2c3d4e5 '])('is refused from %j', async (apiId) => {
    const before = stack.sts.calls.count();

    const answer = await directly(stack)('tokens', { ...event(), apiId });

    expect(JSON.parse(answer.body)).toMatchObject({ code: 'INTERNAL', status: 500 });
    expect(stack.sts.calls.count()).toBe(before);
  });

  it('is refused by the databases and the public function as well', async () => {
    const apiId = 'zzzzzzzzzz';
    const invoke = directly(stack);

    const answers = [
      await invoke('databases', { ...event(), resource: '/v1/whoami', apiId }),
      await invoke('public', { resource: '/v1/config', apiId }),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([500, 500]);
  });

  it('would be believed with the right id: what else keeps it out stands in SECURITY.md', async () => {
    const answer = await directly(stack)('tokens', event());

    expect(answer.statusCode).toBe(200);
  });

  it('carries no identity of another kind than its route', async () => {
    const answer = await directly(stack)('tokens', { ...event(), resource: '/v1/iam/tokens' });

    expect(JSON.parse(answer.body)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
