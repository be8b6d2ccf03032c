import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { externalId, roleArns, subjects } from '../../local/organization.ts';
import { recordOutput } from '../builders/output.ts';
import { databasesForHints, identifiedCases, publicCases } from './support/api-cases.ts';
import { type ApiCheck, apiCheck } from './support/api-check.ts';
import { describedAnswers } from './support/described-answers.ts';
import { exchange, problemOf } from './support/http.ts';
import { holdMachineClock } from './support/machine-clock.ts';
import { writeRegistry } from './support/registry-edits.ts';
import { silenceFunctions, startTestStack, type TestStack } from './support/test-stack.ts';

const clock = holdMachineClock();
/** More requests than any test sends to one route; what the last ones use up. */
const burst = 60;
let stack: TestStack;
let check: ApiCheck;
let goodRegistry = '';

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack({ throttle: { perSecond: 0.001, burst } });
  check = apiCheck(stack);
  goodRegistry = withHints(await readFile(stack.registryFile, 'utf8'));
  await writeFile(stack.registryFile, '');
});

afterAll(async () => {
  await stack.close();
  clock.release();
});

/** The local registry, in which the pod and the nightly job are members of both teams. */
function withHints(registry: string): string {
  const billing = '      batch-pods:';
  const both = `      pods: { issuer: prod-cluster, subject: "${subjects.ordersPod}" }
      nightly: { iamRole: "${roleArns.nightly}" }
`;
  return registry.replace(billing, both + billing) + databasesForHints;
}

const kinds = ['jwt', 'iam'] as const;
const asCases = kinds.flatMap((kind) => identifiedCases.map((one) => ({ kind, ...one })));
const aToken = { what: 'a token', route: 'POST /v1/tokens', body: '{"database":"orders"}' };
const aBundle = { what: 'a bundle', route: 'GET /v1/ca/{bundle}' };
const looks = ['GET /v1/databases', 'GET /v1/whoami'].map((route) => ({ what: 'a look', route }));
const routes = [...new Set(describedAnswers.map((answer) => answer.replace(/ \d+$/, '')))];

describe('with a registry and a CA bundle that are broken from the start', () => {
  let output: ReturnType<typeof recordOutput>;

  // What is wrong with the registry is said on stderr.
  beforeAll(() => {
    output = recordOutput();
  });

  afterAll(() => output.stop());

  it.each(kinds)('every answer to a caller with %s is a 503, as described', async (kind) => {
    for (const one of [aToken, ...looks]) await check.expectAnswer(kind, { ...one, status: 503 });
  });

  it('the CA bundle is a 500, as described', async () => {
    const good = await readFile(stack.caFile);
    await writeFile(stack.caFile, 'tampered');

    await check.expectAnswer('none', { ...aBundle, status: 500 });
    await writeFile(stack.caFile, good);
  });
});

describe('in good order', () => {
  beforeAll(() => writeRegistry(stack, clock, goodRegistry));

  it.each(asCases)('$kind $route, $what: $status, as described', async (one) => {
    await check.expectAnswer(one.kind, one);
  });

  it.each(publicCases)('$route, $what: $status, as described', async (one) => {
    await check.expectAnswer('none', one);
  });

  it('a bundle that the client has is a 304, as described', async () => {
    const { headers } = await check.expectAnswer('none', { ...aBundle, status: 200 });

    await check.expectAnswer('none', { ...aBundle, status: 304 }, [
      ['If-None-Match', String(headers.etag)],
    ]);
  });

  it('a body of more than 10 MB is a 400, as described', async () => {
    const body = 'x'.repeat(10 * 1024 * 1024 + 1);

    await check.expectAnswer('jwt', { ...aToken, body, status: 400 });
  });

  it('a path that there is none of is a problem like any other', async () => {
    const answer = await exchange(stack.apiUrl, { path: '/v1/secrets' });

    expect([answer.status, problemOf(answer).code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('out of order', () => {
  it.each(kinds)(
    'a token for a caller with %s is a 503 without STS, as described',
    async (kind) => {
      clock.advance(3600);
      stack.sts.faults.next({ kind: 'error' });
      stack.sts.faults.next({ kind: 'error' });

      await check.expectAnswer(kind, { ...aToken, status: 503 });
    },
  );

  it.each(kinds)(
    'a token for a caller with %s is a 500 without a role, as described',
    async (kind) => {
      const denied = goodRegistry.replace(externalId, `no-${kind}`);
      await writeRegistry(stack, clock, denied);

      await check.expectAnswer(kind, { ...aToken, status: 500 });
    },
  );

  it.each(routes)('too many requests to %s are a 429, as described', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const all = Array.from({ length: burst }, () => exchange(stack.apiUrl, { method, path }));
    await Promise.all(all);

    await check.expectAnswer('none', { what: 'one too many', route, status: 429 });
  });
});

/** What openapi.yaml describes and this machine cannot produce, and why not. */
const outOfReach: readonly (readonly [RegExp, string])[] = [
  [/^GET \S+ 403$/, 'the resource policy and the firewall stand in front of the real API alone'],
  [
    /^GET (?!\/v1\/ca\/)\S+ 500$/,
    'a deployment that is broken: a function without permission or without code',
  ],
  [/^GET \/v1\/(ca\/\{bundle\}|config|health) 503$/, 'a function that does not answer in time'],
];

describe('the description', () => {
  it('and the answers are the same, but for what only a deployment can answer', () => {
    const reachable = describedAnswers.filter(
      (answer) => !outOfReach.some(([pattern]) => pattern.test(answer)),
    );

    expect([...check.produced].sort()).toEqual([...reachable].sort());
  });
});
