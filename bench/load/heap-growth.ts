import type { APIGatewayProxyEvent } from 'aws-lambda';
import { decodeIdentity, encodeIdentity } from '../../core/jwt-identity.ts';
import { createTokensHandler } from '../../functions/tokens/handler.ts';
import { tokensDependencies } from '../../functions/tokens/wire.ts';
import { lambdaContext } from '../../local/gateway/lambda-context.ts';
import { garbageCollector } from '../garbage-collector.ts';
import { absolute, type Measurement } from '../measurement.ts';
import { tokensEvent } from '../vend/events.ts';
import { openProvingGround } from '../vend/proving-ground.ts';
import { openDatabases, registryOf } from '../vend/registry-of.ts';
import { type Point, slopeOf } from './slope.ts';

const requests = 200_000;
const requestsBetweenLooks = 10_000;

/** Until here caches fill and code is compiled. */
const warmUp = 40_000;

/** One request in ten. Nothing may be kept of somebody whom no team knows. */
const strangerEvery = 10;

/** Ten bytes for each request would be 2 MB, and a function out of memory after 50 million. */
const budgetKb = 2_000;

/** What the heap of one tokens function grows by in 200,000 requests, by the slope after collections. */
export async function measureHeapGrowth(): Promise<Measurement> {
  const ground = await openProvingGround(() => new Date());
  try {
    const registry = registryOf(10);
    const env = await ground.environmentWith(registry);
    const ask = await asking(env, openDatabases(registry, 10));
    const bytesEach = slopeOf(await heapOver(ask));
    const kilobytes = Math.max(0, (bytesEach * requests) / 1000);
    return absolute('heap growth of 200,000 requests', 'KB', kilobytes, budgetKb);
  } finally {
    await ground.close();
  }
}

type Ask = (at: number) => Promise<void>;

/** A vend of one of ten databases, and every so often a caller never seen before, who is denied. */
async function asking(
  env: Readonly<Record<string, string>>,
  databases: readonly string[],
): Promise<Ask> {
  const handler = createTokensHandler(tokensDependencies(env));
  const events = databases.map(tokensEvent);
  return async (at) => {
    const event = events[at % events.length];
    if (event === undefined) throw new Error('nothing to ask for');
    const isStranger = at % strangerEvery === 0;
    const asked = isStranger ? byStranger(event, at) : event;
    const { statusCode } = await handler(asked, lambdaContext('tokens', 'invocation'));
    if (statusCode !== (isStranger ? 403 : 200)) throw new Error(`answered with ${statusCode}`);
  };
}

function byStranger(event: APIGatewayProxyEvent, at: number): APIGatewayProxyEvent {
  const { requestContext } = event;
  const known = decodeIdentity(String(requestContext.authorizer?.identity));
  const identity = encodeIdentity({ ...known, subject: `${known.subject}-${at}` });
  return { ...event, requestContext: { ...requestContext, authorizer: { identity } } };
}

async function heapOver(ask: Ask): Promise<Point[]> {
  const collect = garbageCollector();
  const points: Point[] = [];
  for (let at = 1; at <= requests; at++) {
    await ask(at);
    if (at < warmUp || at % requestsBetweenLooks !== 0) continue;
    collect();
    points.push({ x: at, y: process.memoryUsage().heapUsed });
  }
  return points;
}
