import { ClientError } from '../api-client/client-error.ts';

/** The last call for a key brought no token, and when the next one may be made. */
export interface Failure {
  readonly error: ClientError;
  /** Counts as `Moment.passedMs` does. */
  readonly retryAtMs: number;
  /** Failures since a call last succeeded. */
  readonly inARow: number;
}

/**
 * A "no" is kept this long, so that an application that insists costs six calls a minute and not one
 * for each of its own retries.
 */
const refusedForMs = 10_000;

const firstBackOffMs = 1_000;
const longestBackOffMs = 60_000;

/** A Retry-After beyond this is a mistake of something in between, or an attempt to silence us. */
const longestRetryAfterMs = 300_000;

/**
 * Notes a failure: 1 s, doubled each time up to 60 s, cut by up to a half at random so that a fleet
 * does not come back in step; never before Retry-After.
 *
 * @param random In [0, 1).
 */
export function failureAfter(
  previous: Failure | undefined,
  error: ClientError,
  nowMs: number,
  random: number,
): Failure {
  const inARow = (previous?.inARow ?? 0) + 1;
  const waitMs = isFinal(error) ? refusedForMs : backOffMs(inARow, error, random);
  return { error, retryAtMs: nowMs + waitMs, inARow };
}

/** Whether the API took back what it granted: a token from before must not be handed out any more. */
export function revokes(error: ClientError): boolean {
  return error.kind === 'refused';
}

/** Whether calls must wait for the end of a back-off. */
export function isHeld(failure: Failure | undefined, nowMs: number): failure is Failure {
  return failure !== undefined && nowMs < failure.retryAtMs;
}

/** The failure as it stands now, for a caller who comes while no call may be made. */
export function errorNow({ error, retryAtMs }: Failure, nowMs: number): ClientError {
  if (isFinal(error)) return error;
  const retryAfterSeconds = Math.max(1, Math.ceil((retryAtMs - nowMs) / 1000));
  return new ClientError(error.reason, { ...error, retryAfterSeconds });
}

function isFinal({ kind }: ClientError): boolean {
  return kind === 'refused' || kind === 'usage';
}

function backOffMs(inARow: number, { retryAfterSeconds = 0 }: ClientError, random: number): number {
  const fullMs = Math.min(firstBackOffMs * 2 ** (inARow - 1), longestBackOffMs);
  const askedMs = Math.min(retryAfterSeconds * 1000, longestRetryAfterMs);
  return Math.max(fullMs * (0.5 + 0.5 * random), askedMs * (1 + 0.1 * random));
}
