import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../clients/cli/main.ts';
import type { Session } from '../../core/session.ts';
import { createDatabasesHandler } from '../../functions/databases/handler.ts';
import { databasesDependencies } from '../../functions/databases/wire.ts';
import { createPublicHandler } from '../../functions/public/handler.ts';
import { publicDependencies } from '../../functions/public/wire.ts';
import { createTokensHandler } from '../../functions/tokens/handler.ts';
import { tokensDependencies } from '../../functions/tokens/wire.ts';
import { expectDescribed } from './described-answers.ts';
import { type ProxyHandler, sampleApiId, sampleClock, send } from './invocation.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-answers-'));
  const out = join(folder, 'registry.json');
  const silent = { out: () => true, err: () => true, fetch: globalThis.fetch };
  await run(['registry', 'compile', join(root, 'examples/registry'), '--out', out], silent);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'tokenvend');
});

const environment = () => ({
  AWS_REGION: 'eu-west-1',
  TOKENVEND_API_ID: sampleApiId,
  TOKENVEND_AUDIENCE: 'https://tokens.example.com',
  TOKENVEND_CERTIFICATES: join(root, 'certificates'),
  TOKENVEND_REGISTRY_FILE: join(folder, 'registry.json'),
  TOKENVEND_VERSION: '0.1.0',
});

const session: Session = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'fictional-secret',
  sessionToken: 'fictional-session',
  assumedAt: sampleClock(),
  expiresAt: new Date(sampleClock().getTime() + 3_600_000),
};

const tokens = () =>
  createTokensHandler({
    ...tokensDependencies(environment(), {
      clock: sampleClock,
      auditStream: new Writable({ write: (_chunk, _encoding, done) => done() }),
    }),
    sessions: { obtain: async () => session },
  });
const databases = () =>
  createDatabasesHandler(databasesDependencies(environment(), { clock: sampleClock }));
const open = () => createPublicHandler(publicDependencies(environment()));

interface Case {
  readonly sample: string;
  readonly handler: () => ProxyHandler;
  readonly status: number;
  readonly changes?: Partial<APIGatewayProxyEvent>;
}

const cases: readonly Case[] = [
  { sample: 'tokens-jwt', handler: tokens, status: 200 },
  { sample: 'tokens-jwt', handler: tokens, status: 400, changes: { body: '{"host":"x"}' } },
  { sample: 'tokens-jwt', handler: tokens, status: 403, changes: { body: '{"database":"none"}' } },
  { sample: 'tokens-jwt-env', handler: tokens, status: 200 },
  { sample: 'tokens-iam', handler: tokens, status: 200 },
  { sample: 'tokens-iam-user', handler: tokens, status: 403 },
  { sample: 'databases-jwt', handler: databases, status: 200 },
  {
    sample: 'databases-jwt',
    handler: databases,
    status: 400,
    changes: { multiValueQueryStringParameters: { limit: ['101'] } },
  },
  { sample: 'databases-iam', handler: databases, status: 200 },
  { sample: 'whoami-jwt', handler: databases, status: 200 },
  { sample: 'whoami-iam', handler: databases, status: 200 },
  { sample: 'ca-bundle', handler: open, status: 200 },
  { sample: 'ca-bundle', handler: open, status: 400, changes: { pathParameters: { bundle: 'x' } } },
  { sample: 'config', handler: open, status: 200 },
  { sample: 'health', handler: open, status: 200 },
];

describe('the answers of the functions', () => {
  it.each(cases)('to $sample is $status, as described', async (one) => {
    const answer = await send(one.handler(), one.sample, one.changes);

    expect(answer.statusCode).toBe(one.status);
    expectDescribed(answer, one.sample);
  });

  it('are short where the client has the current CA bundle', async () => {
    const { headers } = await send(open(), 'ca-bundle');

    const again = await send(open(), 'ca-bundle', {
      headers: { 'if-none-match': String(headers?.ETag) },
    });

    expect(again).toMatchObject({ statusCode: 304, body: '' });
    expectDescribed(again, 'ca-bundle');
  });
});
