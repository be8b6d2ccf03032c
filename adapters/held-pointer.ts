import { VendError } from '../core/errors.ts';
import type { Counters, Log } from '../core/log.ts';
import { DynamodbFault } from './dynamodb-fault.ts';
import type { Pointer } from './dynamodb-pointer.ts';

/** A suspension has to take effect within 15 s, the reading included. */
const lookIntervalMs = 10_000;

/** After a look that failed. Ours: an outage must not cost every request the client's timeouts. */
const retryIntervalMs = 2_000;

/** How long the last good version serves on while the table cannot be read. */
const maxAgeMs = 300_000;

/** Seconds a client should wait where there is nothing to serve. */
const retryAfterSeconds = 2;

/**
 * Holds on to the pointer: looks every 10 s at most, whoever asks, and keeps the last one for at most
 * 300 s while looking fails. Its age counts from before the look, and on a clock that goes on while an
 * execution environment is frozen.
 *
 * Rejects with `VendError` `UPSTREAM_UNAVAILABLE` (`registry-unavailable`).
 */
export function holdPointer(deps: {
  readonly read: () => Promise<Pointer>;
  readonly clock: () => Date;
  readonly log: Log;
  readonly counters: Counters;
}): () => Promise<Pointer> {
  let held: { readonly pointer: Pointer; readonly asOfMs: number } | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let hasFailed = false;
  let looking: Promise<void> | undefined;

  const look = async (asOfMs: number): Promise<void> => {
    try {
      held = { pointer: await deps.read(), asOfMs };
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      reportUnreadable(deps, error, held?.pointer.current);
    }
  };

  return async () => {
    const nowMs = deps.clock().getTime();
    const elapsedMs = nowMs - lookedAtMs;
    const intervalMs = hasFailed ? retryIntervalMs : lookIntervalMs;
    // A clock that was set back must not keep us from looking.
    if (looking === undefined && (elapsedMs >= intervalMs || elapsedMs < 0)) {
      lookedAtMs = nowMs;
      looking = look(nowMs).finally(() => {
        looking = undefined;
      });
    }
    await looking;
    if (held === undefined || Math.abs(deps.clock().getTime() - held.asOfMs) > maxAgeMs) {
      throw unreadable();
    }
    return held.pointer;
  };
}

/**
 * Says that the table could not be read, and what is in force meanwhile. Each reading that fails is
 * counted, also when there is nothing left to serve: the alarm lasts as long as what it is about.
 */
export function reportUnreadable(
  deps: { readonly log: Log; readonly counters: Counters },
  error: unknown,
  edition: string | undefined,
): void {
  deps.counters.add('RegistryStale');
  const fault = error instanceof DynamodbFault ? error.kind : 'unexpected';
  deps.log.error('REGISTRY_UNREADABLE', { fault, edition });
}

/** The registry cannot be read, and nothing that was read before may take its place. */
export function unreadable(): VendError {
  return new VendError('UPSTREAM_UNAVAILABLE', 'registry-unavailable', { retryAfterSeconds });
}
