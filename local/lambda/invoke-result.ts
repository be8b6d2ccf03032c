import type { Trouble } from './init-phase.ts';
import type { FunctionAnswer } from './invocation.ts';
import type { Likeness } from './settings.ts';

/** What the caller of the function gets. */
export interface InvokeResult {
  readonly requestId: string;
  /** HTTP status of the Invoke API, or of the Runtime Interface Emulator's front. */
  readonly status: number;
  /** The header `X-Amz-Function-Error`. */
  readonly functionError: 'Unhandled' | undefined;
  /** JSON, but for some of the Runtime Interface Emulator's own answers. */
  readonly body: string;
}

export function resultOfAnswer(requestId: string, answer: FunctionAnswer): InvokeResult {
  const functionError = answer.kind === 'error' ? 'Unhandled' : undefined;
  return { requestId, status: 200, functionError, body: answer.body };
}

export interface TroubleContext {
  readonly requestId: string;
  readonly functionTimeoutMs: number;
  readonly like: Likeness;
  /** What the function had answered by then, as JSON. */
  readonly answered: string | undefined;
}

/** Lambda's errors are answers of status 200; its emulator's front has other ways. */
export function resultOfTrouble(trouble: Trouble, context: TroubleContext): InvokeResult {
  const { requestId, like, answered } = context;
  const unhandled = { requestId, functionError: 'Unhandled' as const };
  if (trouble.kind === 'timeout') {
    const seconds = (context.functionTimeoutMs / 1000).toFixed(2);
    const message = `Task timed out after ${seconds} seconds`;
    return like === 'rie'
      ? { requestId, functionError: undefined, status: 200, body: message }
      : { ...unhandled, status: 200, body: errorBody(requestId, 'Sandbox.Timedout', message) };
  }
  const { errorType, message } = trouble.failure;
  const body = answered ?? trouble.functionError ?? errorBody(requestId, errorType, message);
  return like === 'rie'
    ? { requestId, functionError: undefined, status: 502, body }
    : { ...unhandled, status: 200, body };
}

/** The Runtime Interface Emulator's answer while another invocation is under way. */
export function busyResult(requestId: string): InvokeResult {
  return { requestId, status: 400, functionError: undefined, body: '' };
}

function errorBody(requestId: string, errorType: string, message: string): string {
  return JSON.stringify({
    errorType,
    errorMessage: `RequestId: ${requestId} Error: ${message}`,
  });
}
