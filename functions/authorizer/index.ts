import middy from '@middy/core';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { telemetry } from '../middleware/telemetry.ts';
import { createAuthorizerHandler } from './handler.ts';
import { authorizerDependencies } from './wire.ts';

const dependencies = authorizerDependencies(process.env);

/**
 * The entry point that Lambda calls. The chain adds telemetry and nothing else: an authorizer has no
 * body to parse, and its errors must reach API Gateway as they are thrown.
 */
export const handler = middy<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>()
  .use(telemetry(dependencies))
  .handler(createAuthorizerHandler(dependencies));
