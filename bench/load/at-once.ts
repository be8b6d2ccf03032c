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
