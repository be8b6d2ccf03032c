import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf, nightlyCredentials } from '../../local/callers.ts';
import { bearer, exchangeSigned } from '../integration/support/callers.ts';
import { exchange, type HttpAnswer, type HttpRequest } from '../integration/support/http.ts';
import { silenceFunctions, type TestStack } from '../integration/support/test-stack.ts';
import { type BuiltStack, startBuiltStack } from './built-stack.ts';

silenceFunctions();
let stacks: BuiltStack;

beforeAll(async () => {
  stacks = await startBuiltStack();
});
afterAll(() => stacks.close());

type Ask = (stack: TestStack) => Promise<HttpAnswer>;

async function asPod(stack: TestStack, asked: HttpRequest): Promise<HttpAnswer> {
  const jwt = await identityOf(stack, 'orders-pod');
  return exchange(stack.apiUrl, { ...asked, headers: bearer(jwt) });
}

async function asStranger(stack: TestStack, asked: HttpRequest): Promise<HttpAnswer> {
  const jwt = await identityOf(stack, 'billing-pod');
  return exchange(stack.apiUrl, { ...asked, headers: bearer(jwt) });
}

const signed = (stack: TestStack, asked: HttpRequest): Promise<HttpAnswer> =>
  exchangeSigned(stack, nightlyCredentials(stack), asked);

const get = (path: string): HttpRequest => ({ path });
const post = (path: string, body: unknown): HttpRequest => ({
  method: 'POST',
  path,
  body: JSON.stringify(body),
});

const orders = { database: 'orders' };

/** By what is asked: the status, and how to ask either API. */
const requests: readonly (readonly [string, number, Ask])[] = [
  ['a token', 200, (on) => asPod(on, post('/v1/tokens', orders))],
  ['a token and the CA', 200, (on) => asPod(on, post('/v1/tokens', { ...orders, inlineCa: true }))],
  ['a new token', 200, (on) => asPod(on, post('/v1/tokens', { ...orders, fresh: true }))],
  ['a bare token', 200, (on) => asPod(on, post('/v1/tokens?format=token', orders))],
  ['lines for a shell', 200, (on) => asPod(on, post('/v1/tokens?format=env', orders))],
  ['an unknown key', 400, (on) => asPod(on, post('/v1/tokens', { ...orders, host: 'x' }))],
  ['no database of its own', 403, (on) => asStranger(on, post('/v1/tokens', orders))],
  ['no such database', 403, (on) => asPod(on, post('/v1/tokens', { database: 'none' }))],
  ['without an identity', 401, (on) => exchange(on.apiUrl, post('/v1/tokens', orders))],
  [
    'with no JWT at all',
    401,
    (on) => exchange(on.apiUrl, { ...post('/v1/tokens', orders), headers: bearer('not-a-jwt') }),
  ],
  ['its databases', 200, (on) => asPod(on, get('/v1/databases'))],
  ['who it is', 200, (on) => asPod(on, get('/v1/whoami'))],
  ['a token, by SigV4', 200, (on) => signed(on, post('/v1/iam/tokens', orders))],
  ['its databases, by SigV4', 200, (on) => signed(on, get('/v1/iam/databases'))],
  ['who it is, by SigV4', 200, (on) => signed(on, get('/v1/iam/whoami'))],
  ['the configuration', 200, (on) => exchange(on.apiUrl, get('/v1/config'))],
  ['health', 200, (on) => exchange(on.apiUrl, get('/v1/health'))],
  ['the CA', 200, (on) => exchange(on.apiUrl, get('/v1/ca/eu-west-1'))],
  ['a CA that is not there', 400, (on) => exchange(on.apiUrl, get('/v1/ca/none'))],
];

/** Differ between two answers, or between two deployments. */
const ownMembers: ReadonlySet<string> = new Set([
  'expiresAt',
  'expiresIn',
  'id',
  'issuedAt',
  'pem',
  'refreshAfter',
  'requestId',
  'sha256',
  'token',
  'tokenLength',
  'url',
  'version',
  'applicationName',
]);

/** What the answers of two deployments must have in common. */
function likenessOf({ status, headers, text }: HttpAnswer) {
  const isJson = String(headers['content-type']).includes('json');
  return {
    status,
    headers: Object.keys(headers).sort(),
    type: headers['content-type'],
    cache: headers['cache-control'],
    body: isJson ? JSON.parse(text, withoutOwn) : (text.match(/^export \w+(?==)/gm) ?? []),
  };
}

function withoutOwn(name: string, value: unknown): unknown {
  return ownMembers.has(name) ? typeof value : value;
}

describe('what the build made', () => {
  it.each(requests)('answers as the sources do: %s', async (_what, status, ask) => {
    const expected = await ask(stacks.fromSource);

    const answered = await ask(stacks.built);

    expect(expected.status).toBe(status);
    expect(likenessOf(answered)).toEqual(likenessOf(expected));
  });
});
