import type { VendError } from '../core/errors.ts';
import { recentlyUsed } from './recently-used.ts';

/** STS's "no", by what it was asked for: the last thing that it answered. */
export interface RefusalMemory {
  note(key: string, refusal: VendError): void;
  /** STS has said yes since. */
  forget(key: string): void;
  /** A refusal so young that asking again would be insisting. */
  recent(key: string): VendError | undefined;
  /** The refusal with which STS answered last, however long ago. */
  last(key: string): VendError | undefined;
}

/** So long who insists does not cost a call each time; a trust policy that was mended is noticed soon. */
const recentMs = 10_000;

export function createRefusalMemory(deps: {
  readonly clock: () => Date;
  /** Refusals remembered at most; the least recently used one goes first. */
  readonly maxRefusals: number;
}): RefusalMemory {
  const refusals = recentlyUsed<{ readonly error: VendError; readonly at: Date }>(deps.maxRefusals);

  return {
    note: (key, error) => refusals.set(key, { error, at: deps.clock() }),
    forget: (key) => refusals.delete(key),
    recent(key) {
      const refusal = refusals.get(key);
      return refusal !== undefined && isRecent(refusal.at, deps.clock())
        ? refusal.error
        : undefined;
    },
    last: (key) => refusals.get(key)?.error,
  };
}

/** Not from ahead of us: a clock that was set back would keep it for as long as it went. */
function isRecent(at: Date, now: Date): boolean {
  const ageMs = now.getTime() - at.getTime();
  return ageMs >= 0 && ageMs < recentMs;
}
