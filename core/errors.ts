import type { FailureReason } from './reasons.ts';

/** What a client can be told. Closed: every code has one status and one sentence (`problem.ts`). */
export type ErrorCode =
  | 'INVALID_REQUEST'
  | 'UNAUTHENTICATED'
  | 'DENIED'
  | 'THROTTLED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'INTERNAL';

/**
 * "Cannot go on", with a code for the client and a reason for the audit record.
 *
 * A denial is a returned value, not an exception. There is no `cause` and no room for third-party
 * text: claims, bodies and SDK errors end up in logs through exactly those.
 */
export class VendError extends Error {
  override readonly name = 'VendError';
  readonly code: ErrorCode;
  readonly reason: FailureReason;
  /** Whole seconds after which trying again makes sense; the `Retry-After` header. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    reason: FailureReason,
    options: { readonly retryAfterSeconds?: number } = {},
  ) {
    super(`${code}: ${reason}`);
    this.code = code;
    this.reason = reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
