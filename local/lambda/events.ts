import { randomUUID } from 'node:crypto';
import { type ApiAnswer, jsonAnswer } from './api-answer.ts';
import type { Invocation } from './invocation.ts';
import type { Likeness } from './settings.ts';

/** Why an environment ends, as the documentation writes it, in lower case. */
export type ShutdownReason = 'spindown' | 'timeout' | 'failure';

/** What the runtime gets from `invocation/next`: the payload, and the rest in headers. */
export function runtimeEvent(invocation: Invocation): ApiAnswer {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.requestId,
      'lambda-runtime-deadline-ms': String(invocation.deadline.getTime()),
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
      ...(invocation.traceId === undefined
        ? {}
        : { 'lambda-runtime-trace-id': invocation.traceId }),
    },
    body: invocation.payload,
  };
}

/** What a subscribed extension gets at the same time: no payload. */
export function invokeEvent(invocation: Invocation): ApiAnswer {
  const { requestId, deadline, functionArn, traceId } = invocation;
  return jsonAnswer(
    200,
    {
      eventType: 'INVOKE',
      deadlineMs: deadline.getTime(),
      requestId,
      invokedFunctionArn: functionArn,
      ...(traceId === undefined ? {} : { tracing: { type: 'X-Amzn-Trace-Id', value: traceId } }),
    },
    { 'lambda-extension-event-identifier': randomUUID() },
  );
}

export function shutdownEvent(reason: ShutdownReason, deadline: Date, like: Likeness): ApiAnswer {
  const shutdownReason = like === 'rie' ? rieReasons[reason] : reason;
  const body = { eventType: 'SHUTDOWN', deadlineMs: deadline.getTime(), shutdownReason };
  return jsonAnswer(200, body, like === 'rie' ? { 'content-type': rieContentType } : {});
}

/** The Runtime Interface Emulator names the same three things after its own methods. */
const rieReasons: Record<ShutdownReason, string> = {
  spindown: 'SandboxTerminated',
  timeout: 'Timeout',
  failure: 'ReleaseFail',
};

/** It sets none on this event, and Go's server guesses. */
const rieContentType = 'text/plain; charset=utf-8';
