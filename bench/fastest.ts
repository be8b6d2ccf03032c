/**
 * The fastest run of each, in the unit that they give, after as many rounds of all of them in turn
 * (A B C A B C …).
 *
 * For what cannot be timed call by call: processes, crowds. What else runs on the machine only ever adds to
 * their time, and a difference or ratio of two medians holds the noise of both.
 */
export async function fastestOf(
  starts: readonly (() => Promise<number>)[],
  rounds: number,
): Promise<readonly number[]> {
  const fastest = starts.map(() => Number.POSITIVE_INFINITY);
  for (let done = 0; done < rounds; done++) {
    for (const [at, start] of starts.entries()) {
      fastest[at] = Math.min(fastest[at] ?? 0, await start());
    }
  }
  return fastest;
}
