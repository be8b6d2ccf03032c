import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { VendError } from '../../core/errors.ts';

/**
 * Refuses events that do not come from this stack's API. Lambda hands whatever an invoker sends to
 * the handler, so this stops mistakes and other APIs; whoever may invoke the function and knows the
 * API's id can still forge an event (SECURITY.md, "Direct invocation"). An invoker may send any JSON,
 * whatever the type says.
 *
 * @param record Writes the attempt down first, where the function vends. Nothing in such an event is
 *   worth recording but Lambda's own request id, which CloudTrail and the function's log share.
 */
export function expectedApi(
  apiId: string,
  record?: (error: VendError, lambdaRequestId: string) => Promise<void>,
): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    before: async ({ event, context }) => {
      if (event?.requestContext?.apiId === apiId) return;
      const error = new VendError('INTERNAL', 'forged-event');
      await record?.(error, context.awsRequestId);
      throw error;
    },
  };
}
