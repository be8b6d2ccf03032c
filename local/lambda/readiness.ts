/** Lets others wait for a condition that comes and goes. */
export interface Readiness {
  /** To be called whenever the condition may have become true. */
  check(): void;
  /** Resolves when the condition is true: at once if it is. */
  reached(): Promise<void>;
}

export function createReadiness(isReached: () => boolean): Readiness {
  let waiting: (() => void)[] = [];
  return {
    check() {
      if (!isReached()) return;
      const told = waiting;
      waiting = [];
      for (const tell of told) tell();
    },
    reached: () =>
      new Promise((resolve) => {
        if (isReached()) resolve();
        else waiting.push(resolve);
      }),
  };
}
