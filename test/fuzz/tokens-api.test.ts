import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTelemetry } from '../../adapters/telemetry.ts';
import { VendError } from '../../core/errors.ts';
import { parseToken } from '../../core/token.ts';
import { createTokensHandler, type TokensDependencies } from '../../functions/tokens/handler.ts';
import { aContext, ourApiId } from '../builders/events.ts';
import { recordOutput } from '../builders/output.ts';
import { aLog } from '../builders/ports.ts';
import { vendDependencies } from '../builders/vend.ts';
import { tokenEvents } from './api-events.ts';
import { servedRegistry, someDependencies } from './api-world.ts';
import { fuzz } from './fuzz.ts';

let output: ReturnType<typeof recordOutput>;
beforeAll(() => {
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  output = recordOutput();
});
afterAll(() => output.stop());

/** Sends an event to a function of its own, so that no case depends on one before it. */
async function send(event: APIGatewayProxyEvent, faults: Partial<TokensDependencies> = {}) {
  const { deps, records } = someDependencies();
  const { logger, metrics } = createTelemetry();
  const handler = createTokensHandler({
    ...vendDependencies(),
    ...deps,
    apiId: ourApiId,
    publicUrl: undefined,
    log: aLog(),
    logger,
    metrics,
    ...faults,
  });
  return { answer: await handler(event, aContext()), records };
}

const answerShape = z.looseObject({
  token: z.string(),
  team: z.string(),
  user: z.string(),
  database: z.looseObject({ name: z.string(), host: z.string(), port: z.number() }),
});

/** What the body says to any other JSON reader than the handler's. */
const wishShape = z.strictObject({
  database: z.string(),
  user: z.string().optional(),
  team: z.string().optional(),
  inlineCa: z.boolean().optional(),
  fresh: z.boolean().optional(),
});

const wishOf = ({ body, isBase64Encoded }: APIGatewayProxyEvent) => {
  const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : body;
  return wishShape.parse(JSON.parse(text ?? ''));
};

/** That the token is for what was asked for, and for what the registry grants to that team. */
function expectWished(event: APIGatewayProxyEvent, { body }: APIGatewayProxyResult): void {
  const [wish, given] = [wishOf(event), answerShape.parse(JSON.parse(body))];
  const parts = parseToken(given.token);
  const database = servedRegistry.databases.find(({ name }) => name === wish.database);
  const user = database?.users.find(({ name }) => name === given.user);

  expect(given.database.name).toBe(wish.database);
  expect([wish.user ?? given.user, wish.team ?? given.team]).toEqual([given.user, given.team]);
  expect(user?.grants.map(({ team }) => team)).toContain(given.team);
  expect([parts?.host, parts?.port, parts?.user]).toEqual([
    database?.host,
    database?.port,
    given.user,
  ]);
}

const isJson = ({ multiValueQueryStringParameters: query }: APIGatewayProxyEvent): boolean =>
  (query?.format?.[0] ?? 'json') === 'json';

describe('POST /v1/tokens and /v1/iam/tokens', () => {
  fuzz(
    'give a token for what was asked for, or a problem that is the caller’s, and one record of it',
    fc.asyncProperty(tokenEvents, async (event) => {
      const { answer, records } = await send(event);

      expect([200, 400, 401, 403]).toContain(answer.statusCode);
      expect(records.map(({ outcome }) => outcome === 'vended')).toEqual([
        answer.statusCode === 200,
      ]);
      if (answer.statusCode === 200 && isJson(event)) expectWished(event, answer);
      if (answer.statusCode !== 200) expect(answer.body).not.toMatch(/X-Amz|connect/);
    }),
  );

  fuzz(
    'fail as a server only where something was made to fail, and give no token then',
    fc.asyncProperty(
      tokenEvents,
      fc.constantFrom(...faults()),
      async (event, [statuses, fault]) => {
        const { answer } = await send(event, fault);

        expect([400, 401, 403, ...statuses]).toContain(answer.statusCode);
        expect(answer.body).not.toMatch(/X-Amz|planted/);
      },
    ),
  );

  it('are sent events of which some are answered with a token and some are not', async () => {
    const events = fc.sample(tokenEvents, { seed: 1, numRuns: 400 });

    const statuses = await Promise.all(
      events.map(async (event) => (await send(event)).answer.statusCode),
    );

    expect([...new Set(statuses)].sort()).toEqual([200, 400, 401, 403]);
  });
});

function faults(): readonly (readonly [readonly number[], Partial<TokensDependencies>])[] {
  const broken = () => Promise.reject(new Error('planted'));
  const away = () => Promise.reject(new VendError('UPSTREAM_UNAVAILABLE', 'sts-unavailable'));
  return [
    [[500], { registry: { slice: broken } }],
    [[500], { sessions: { obtain: broken } }],
    [[503], { sessions: { obtain: away } }],
    [[500], { tokens: { cut: broken } }],
    [[500], { caBundles: { find: () => undefined } }],
    [[500, 503], { audit: { write: broken } }],
  ];
}
