/** Follows how soon after each other an execution environment looks at the same thing. */
export interface Pace {
  /** @param leastMs From one look to the next, by the environment's own clock. */
  look(environment: object, at: string, leastMs: number): void;
}

/** @param deps.clockMs The functions' clock. After it was set back the next look may come at once. */
export function followPace(deps: {
  readonly clockMs: () => number;
  readonly onTooSoon: (at: string, afterMs: number) => void;
}): Pace {
  const last = new WeakMap<object, Map<string, number>>();
  return {
    look(environment, at, leastMs) {
      const looks = last.get(environment) ?? new Map<string, number>();
      last.set(environment, looks);
      const nowMs = deps.clockMs();
      const afterMs = nowMs - (looks.get(at) ?? Number.NEGATIVE_INFINITY);
      looks.set(at, nowMs);
      if (afterMs >= 0 && afterMs < leastMs) deps.onTooSoon(at, afterMs);
    },
  };
}
