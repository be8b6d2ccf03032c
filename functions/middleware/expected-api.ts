import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { VendError } from '../../core/errors.ts';

/**
 * Refuses events that do not come from this stack's API. Lambda hands whatever an invoker sends to
 * the handler, so this stops mistakes and other APIs; whoever may invoke the function and knows the
 * API's id can still forge an event (SECURITY.md, "Direct invocation"). An invoker may send any JSON,
 * whatever the type says.
 */
export function expectedApi(
  apiId: string,
): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    before: ({ event }) => {
      if (event?.requestContext?.apiId !== apiId) throw new VendError('INTERNAL', 'forged-event');
    },
  };
}
