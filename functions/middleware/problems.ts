import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { bounded } from '../../core/audit.ts';
import { type ErrorCode, VendError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { problem, problemKinds } from '../../core/problem.ts';
import type { Hint } from '../../core/reasons.ts';
import { errorType } from './error-type.ts';
import { requestIdOf } from './request.ts';

/**
 * Turns whatever a handler throws into a problem body. What was thrown is neither sent nor logged,
 * only its code and reason: error objects of libraries carry claims, bodies and tokens. The log has
 * the `requestId` that the client is told to name, bounded, since clients may choose theirs.
 */
export function problems(log: Log): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    onError: (request) => {
      const error = request.error;
      // A28: a forged event need not have an id, or one that is text; Lambda's own is then all there is.
      const requestId = requestIdOf(request.event) ?? request.context.awsRequestId;
      const named = { requestId: bounded(requestId) };
      if (error instanceof VendError) {
        const { code, reason, retryAfterSeconds } = error;
        const level = problemKinds[code].status >= 500 ? 'error' : 'info';
        log[level]('ANSWERED_WITH_ERROR', { code, reason, ...named });
        request.response = problemAnswer(code, requestId, { retryAfterSeconds });
        return;
      }
      log.error('UNEXPECTED_ERROR', { type: errorType(error), ...named });
      request.response = problemAnswer('INTERNAL', requestId);
    },
  };
}

/** Where a retryable code carries no waiting time of its own. Seconds. */
const defaultRetryAfterSeconds = 2;

/** The proxy answer for an error code. */
export function problemAnswer(
  code: ErrorCode,
  requestId: string,
  options: {
    readonly hint?: Hint | undefined;
    readonly retryAfterSeconds?: number | undefined;
  } = {},
): APIGatewayProxyResult {
  const { status, retryable } = problemKinds[code];
  const wait = options.retryAfterSeconds ?? defaultRetryAfterSeconds;
  return {
    statusCode: status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(retryable ? { 'Retry-After': String(wait) } : {}),
    },
    body: JSON.stringify(problem(code, requestId, options.hint)),
  };
}
