import { errors, type JWTVerifyGetKey } from 'jose';
import { VendError } from '../core/errors.ts';

/** Finds the key that a JWT's header names; rejects with an error of jose's where there is not exactly one. */
export type KeyLookup = JWTVerifyGetKey;

/** Keys this old are fetched again, so that one the issuer withdrew does not stay good for long. */
const refreshAfterMs = 10 * 60_000;

/** Keys this old are no longer used, even if the issuer does not answer. */
const maxAgeMs = 60 * 60_000;

/** With keys at hand: at most one fetch in this time, however many unknown key ids arrive. */
const coolDownMs = 30_000;

/** Without any keys every caller of the issuer is locked out, so the next try comes sooner. */
const firstRetryMs = 5_000;

/**
 * An issuer's keys, fetched when they are needed. One fetch at a time, which all callers share.
 *
 * Not jose's `createRemoteJWKSet`: its cool-down starts only after a fetch that succeeded, so that a
 * flood of unknown key ids would pass straight on to an issuer in trouble; it cannot refresh early
 * and still keep what it has; and it reads the system clock. The choice of the key is jose's.
 *
 * Lookups reject with `VendError` `UPSTREAM_UNAVAILABLE` (`issuer-unreachable`) where it takes a fetch
 * to answer and none succeeds. `fetchKeys` may reject with anything; that goes no further.
 */
export function createRemoteKeys(deps: {
  readonly fetchKeys: () => Promise<KeyLookup>;
  readonly clock: () => Date;
}): KeyLookup {
  let held: { readonly keys: KeyLookup; readonly fetchedAtMs: number } | undefined;
  let last: { readonly startedAtMs: number; failed: boolean } | undefined;
  let running: Promise<void> | undefined;

  const isWithin = (spanMs: number, sinceMs: number | undefined): boolean => {
    const ageMs = deps.clock().getTime() - (sinceMs ?? Number.NEGATIVE_INFINITY);
    return ageMs >= 0 && ageMs < spanMs;
  };

  const fetchNow = async (): Promise<void> => {
    const attempt = { startedAtMs: deps.clock().getTime(), failed: false };
    last = attempt;
    try {
      held = { keys: await deps.fetchKeys(), fetchedAtMs: attempt.startedAtMs };
    } catch {
      attempt.failed = true;
    }
  };

  /** Resolves when no fetch is running or due; whether it brought anything shows in `held`. */
  const refresh = (): Promise<void> => {
    const pauseMs = held === undefined ? firstRetryMs : coolDownMs;
    if (running === undefined && !isWithin(pauseMs, last?.startedAtMs)) {
      running = fetchNow().finally(() => {
        running = undefined;
      });
    }
    return running ?? Promise.resolve();
  };

  /** Awaited, not left to the background: a function is frozen once it has answered. */
  const keysAtHand = async (): Promise<KeyLookup> => {
    if (!isWithin(refreshAfterMs, held?.fetchedAtMs)) await refresh();
    if (held === undefined || !isWithin(maxAgeMs, held.fetchedAtMs)) throw unreachable();
    return held.keys;
  };

  return async (header, token) => {
    const known = await keysAtHand();
    try {
      return await known(header, token);
    } catch (error) {
      if (!isUnknownKey(error)) throw error;
    }
    await refresh();
    const newest = await keysAtHand();
    if (newest === known && last?.failed === true) throw unreachable();
    return newest(header, token);
  };
}

function isUnknownKey(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey;
}

function unreachable(): VendError {
  return new VendError('UPSTREAM_UNAVAILABLE', 'issuer-unreachable', {
    retryAfterSeconds: firstRetryMs / 1000,
  });
}
