import { ClientError } from '../api-client/client-error.ts';
import type { TokenRequest } from '../api-client/token-request.ts';
import { type Call, type Entry, entryOf, leftMs } from './entry.ts';
import { type Failure, failureAfter, revokes } from './failure.ts';
import type { Landing } from './flights.ts';
import type { Moment } from './passing-time.ts';

/** What the cache keeps for one key. */
export interface Slot {
  readonly request: TokenRequest;
  /** Counts as `Moment.passedMs` does. */
  readonly usedAtMs: number;
  readonly entry?: Entry | undefined;
  readonly failure?: Failure | undefined;
}

/** As JSON, so that no two requests share a key whatever their parts hold. `fresh` is not part of what is asked for. */
export function keyOf({ database, user, team, inlineCa }: TokenRequest): string {
  return JSON.stringify([database, user ?? null, team ?? null, inlineCa === true]);
}

/** Who did not ask during a whole token's life may be gone: nothing is renewed for them. */
const usedLatelyMs = 900_000;

/** Whether a token is still worth renewing before anybody asks. */
export function wasUsedLately({ usedAtMs }: Slot, now: Moment): boolean {
  return now.passedMs - usedAtMs <= usedLatelyMs;
}

/** How a call's outcome is judged: when, by which minimum, and a number in [0, 1) for jitter. */
export interface Judgement {
  readonly now: Moment;
  readonly minTtlMs: number;
  readonly random: number;
}

/** The slot after a call: a usable token replaces the old one; a failure leaves it, unless it was revoked. */
export function landed(slot: Slot, call: Call, landing: Landing, by: Judgement): Slot {
  if ('error' in landing) return failed(slot, landing.error, by);
  const entry = entryOf(landing.answer, call, by);
  const defect = defectOf(entry, by);
  return defect === undefined ? { ...slot, entry, failure: undefined } : failed(slot, defect, by);
}

function failed(slot: Slot, error: ClientError, { now, random }: Judgement): Slot {
  const failure = failureAfter(slot.failure, error, now.passedMs, random);
  return { ...slot, failure, entry: revokes(error) ? undefined : slot.entry };
}

/**
 * Each success must spare this many milliseconds of calls. A token that could be handed out for one
 * second would otherwise mean a call every second, each of them a success.
 */
const leastUseMs = 10_000;

function defectOf(entry: Entry, { now, minTtlMs }: Judgement): ClientError | undefined {
  const neededMs = minTtlMs + leastUseMs;
  if (leftMs(entry, now) >= neededMs) return undefined;
  const isLongEnough = entry.answer.expiresIn * 1000 >= neededMs;
  return new ClientError(isLongEnough ? 'clock-skewed' : 'token-too-short-lived');
}
