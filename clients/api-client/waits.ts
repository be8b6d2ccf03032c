/** For one attempt at one address, where nothing else is set. Milliseconds. */
export const defaultTimeoutMs = 3_000;

/**
 * An outer wait lasts longer than the inner one by this much. The inner one then ends first and says
 * what happened; the outer one could only say that nothing came. Milliseconds.
 */
const slackMs = 250;

/** What decides how long a call may take. */
export interface Reach {
  /** Addresses that are tried in order; at least one. */
  readonly addresses: number;
  /** For one attempt at one of them. */
  readonly timeoutMs: number;
}

/** Longest that a call takes when nothing stands still: late at every address, once more after a 401. */
export function longestCallMs({ addresses, timeoutMs }: Reach): number {
  return 2 * addresses * timeoutMs;
}

/** How long to wait for something that takes `innerMs` at most. Milliseconds. */
export function outlasting(innerMs: number): number {
  return innerMs + slackMs;
}

/**
 * How long a source of identities may take, where its own limit is `longestMs`. It ends before the
 * attempt that waits for it, because otherwise the error would blame an API that was never asked.
 *
 * @param attemptMs What the attempt may take, the identity included; absent where none waits.
 */
export function withinAttempt(longestMs: number, attemptMs = Number.POSITIVE_INFINITY): number {
  return Math.min(longestMs, 0.9 * attemptMs);
}

/**
 * How long the extension holds a request for which it has no token: one attempt at every address. It
 * signs its calls, and a signed call that was refused is not tried again.
 */
export function heldMs({ addresses, timeoutMs }: Reach): number {
  return outlasting(addresses * timeoutMs);
}

/**
 * Within this the extension answers, one way or the other. It holds a request twice: first until the
 * snapshot is restored that may be taken of it, then until there is a token.
 */
export function extensionAnswerMs(reach: Reach): number {
  return outlasting(2 * heldMs(reach));
}
