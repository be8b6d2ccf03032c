import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { createTelemetry } from '../../adapters/telemetry.ts';
import {
  createDatabasesHandler,
  type DatabasesDependencies,
} from '../../functions/databases/handler.ts';
import { createPublicHandler, type PublicDependencies } from '../../functions/public/handler.ts';
import { createTokensHandler, type TokensDependencies } from '../../functions/tokens/handler.ts';
import { startOfTest } from './clock.ts';
import { aContext, anEvent, type EventParts, ourApiId } from './events.ts';
import { aLog, aRegistry } from './ports.ts';
import { aSlice } from './registry.ts';
import { someBundles, vendDependencies } from './vend.ts';

type Send = (parts?: EventParts, context?: Context) => Promise<APIGatewayProxyResult>;

/** The tokens function, to which events can be sent. */
export function tokensFunction(parts: Partial<TokensDependencies> = {}): Send {
  const { logger, metrics } = createTelemetry();
  const handler = createTokensHandler({
    ...vendDependencies(),
    apiId: ourApiId,
    publicUrl: undefined,
    log: aLog(),
    logger,
    metrics,
    ...parts,
  });
  return (event, context = aContext()) => handler(anEvent(event), context);
}

/** The databases function, to which events can be sent. */
export function databasesFunction(parts: Partial<DatabasesDependencies> = {}): Send {
  const { logger, metrics } = createTelemetry();
  const handler = createDatabasesHandler({
    registry: aRegistry(aSlice()),
    clock: () => startOfTest,
    apiId: ourApiId,
    log: aLog(),
    logger,
    metrics,
    ...parts,
  });
  return (event, context = aContext()) =>
    handler(anEvent({ resource: '/v1/databases', body: null, ...event }), context);
}

/** The public function, to which events can be sent. */
export function publicFunction(parts: Partial<PublicDependencies> = {}): Send {
  const { logger, metrics } = createTelemetry();
  const handler = createPublicHandler({
    caBundles: someBundles(),
    config: {
      version: '0.1.0',
      audience: 'https://tokens.example.com',
      signIn: null,
      region: 'eu-west-1',
    },
    apiId: ourApiId,
    log: aLog(),
    logger,
    metrics,
    ...parts,
  });
  return (event, context = aContext()) =>
    handler(anEvent({ authorizer: null, body: null, ...event }), context);
}

/** The body of an answer, parsed. */
export function bodyOf(answer: APIGatewayProxyResult): unknown {
  return JSON.parse(answer.body);
}
