import { mayPass } from '../agent/keep-fresh.ts';
import { sleep } from '../agent/sleep.ts';
import { ClientError } from '../api-client/client-error.ts';
import { wholeNumber } from './numbers.ts';

export interface Patience {
  /** How long to go on. Milliseconds, from the first attempt. */
  readonly waitMs: number;
  readonly clock: () => Date;
  /** Absent: real time. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** In [0, 1); absent: `Math.random`. */
  readonly random?: () => number;
}

const firstPauseMs = 500;
const longestPauseMs = 8_000;

/**
 * Does `work` again where the API did not answer, with growing pauses and never before `Retry-After`,
 * for as long as the next attempt still begins in time. Any other failure is final.
 */
export async function retrying<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { clock, waitMs, random = Math.random } = patience;
  const endsAtMs = clock().getTime() + waitMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error)) throw error;
      const askedMs = error instanceof ClientError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
      const nextMs = Math.max(askedMs, pauseMs * (0.5 + 0.5 * random()));
      if (clock().getTime() + nextMs > endsAtMs) throw error;
      await (patience.sleep ?? sleep)(nextMs);
    }
  }
}

/** The patience that `--wait` says. @throws CliError */
export function patienceOf(wait: string, clock: () => Date): Patience {
  return { waitMs: wholeNumber('--wait', wait, { least: 0, most: 86_400 }) * 1000, clock };
}
