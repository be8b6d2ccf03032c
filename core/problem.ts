import type { ErrorCode } from './errors.ts';
import type { Hint } from './reasons.ts';

/** The status and the public sentence of a code: all that a client ever learns. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly retryable: boolean;
}

/** The one table of answers. API Gateway's own answers repeat it, and a test compares the two. */
export const problemKinds = {
  INVALID_REQUEST: {
    status: 400,
    title: 'Invalid request',
    detail: 'The request is not one this API understands. Compare it with openapi.yaml.',
    retryable: false,
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'Not authenticated',
    detail:
      'The identity is missing, expired or not trusted. Get a new one for this audience and try again.',
    retryable: false,
  },
  DENIED: {
    status: 403,
    title: 'Denied',
    // Holds for a hint as well, and for what API Gateway refuses by itself.
    detail:
      'This request is not allowed for this caller. Ask the platform team, naming the requestId.',
    retryable: false,
  },
  THROTTLED: {
    status: 429,
    title: 'Too many requests',
    detail: 'Too many requests. Wait as Retry-After says, and cache tokens until refreshAfter.',
    retryable: true,
  },
  UPSTREAM_UNAVAILABLE: {
    status: 503,
    title: 'Temporarily unavailable',
    detail: 'A service that tokenvend depends on did not answer. Try again as Retry-After says.',
    retryable: true,
  },
  INTERNAL: {
    status: 500,
    title: 'Internal error',
    detail: 'tokenvend could not complete the request. Tell the platform team the requestId.',
    retryable: false,
  },
} as const satisfies Record<ErrorCode, ProblemKind>;

/** The body of every error answer: `application/problem+json` (RFC 9457 section 3). */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly retryable: boolean;
  readonly hint?: Hint;
}

/** Builds the body for `code`; `hint` only where the caller may learn about its own standing. */
export function problem(code: ErrorCode, requestId: string, hint?: Hint): Problem {
  const { title, status, detail, retryable } = problemKinds[code];
  return {
    type: 'about:blank',
    title,
    status,
    detail,
    code,
    requestId,
    retryable,
    ...(hint === undefined ? {} : { hint }),
  };
}
