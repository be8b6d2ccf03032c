/** What a source of tokens needs of the machine it runs on. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: () => Date;
  /** Milliseconds since some instant, unaffected by clock changes. */
  readonly monotonicMs: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** The real one. */
export function thisMachine(): Machine {
  return {
    env: process.env,
    clock: () => new Date(),
    monotonicMs: () => performance.now(),
    random: Math.random,
  };
}
