import middy from '@middy/core';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { noEarlyAnswer, withDeadline } from '../middleware/deadline.ts';
import { telemetry } from '../middleware/telemetry.ts';
import { createAuthorizerHandler } from './handler.ts';
import { authorizerDependencies } from './wire.ts';

const dependencies = authorizerDependencies(process.env);
const authorize = createAuthorizerHandler(dependencies);

/**
 * The entry point that Lambda calls. The chain adds telemetry and the deadline, and nothing else: an
 * authorizer has no body to parse, and its errors must reach API Gateway as they are thrown.
 */
export const handler = middy<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>(
  noEarlyAnswer,
)
  .use(telemetry(dependencies))
  .handler((event, context) => withDeadline(context, (outOfTime) => authorize(event, outOfTime)));
