import type { Figures } from '../side-by-side.ts';

/** What is asked for, by number: 0, 1, 2 … */
export type NumberedCall = (at: number) => Promise<unknown>;

export interface Crowd {
  /** Calls in all. */
  readonly calls: number;
  /** Calls under way at any time: the next begins when one ends. */
  readonly atOnce: number;
}

/** What a call costs while so many are under way: the whole time by the number of calls; microseconds. */
export async function timePerCall(call: NumberedCall, { calls, atOnce }: Crowd): Promise<number> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < calls) await call(next++);
  };
  const startedAtMs = performance.now();
  await Promise.all(Array.from({ length: atOnce }, work));
  return ((performance.now() - startedAtMs) * 1000) / calls;
}

/**
 * Measures two things in turn, `rounds` times after one that does not count, and takes each one's fastest
 * round: what else runs on the machine only ever adds to a round, and a short one may be spared.
 */
export async function inTurn(
  contest: { readonly subject: () => Promise<number>; readonly peer: () => Promise<number> },
  rounds: number,
): Promise<Figures> {
  const [values, peers]: [number[], number[]] = [[], []];
  for (let done = 0; done <= rounds; done++) {
    const [peer, value] = [await contest.peer(), await contest.subject()];
    if (done === 0) continue;
    peers.push(peer);
    values.push(value);
  }
  return { value: Math.min(...values), peer: Math.min(...peers) };
}
