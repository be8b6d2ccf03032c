import type { ErrorCode } from '../../core/errors.ts';
import { problem, problemKinds } from '../../core/problem.ts';
import type { Hint } from '../../core/reasons.ts';

/** What the local server answers. */
export interface LocalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ProblemDetails {
  /** The API's, where it has answered; that is the one to ask the platform team about. */
  readonly requestId: string;
  readonly hint?: Hint | undefined;
  /** Whole seconds; 1 where an error is retryable and nothing is said. */
  readonly retryAfterSeconds?: number | undefined;
}

/** An answer that no cache on the way may keep, and no browser take for anything else. */
export function answerOf(
  status: number,
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): LocalAnswer {
  const fixed = {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  return { status, headers: { ...fixed, ...headers }, body };
}

/** The one shape of errors, which is the API's (RFC 9457). */
export function problemAnswer(code: ErrorCode, details: ProblemDetails): LocalAnswer {
  const { requestId, hint, retryAfterSeconds = 1 } = details;
  const { status, retryable } = problemKinds[code];
  return answerOf(
    status,
    'application/problem+json',
    JSON.stringify(problem(code, requestId, hint)),
    retryable ? { 'retry-after': String(retryAfterSeconds) } : {},
  );
}
