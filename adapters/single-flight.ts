/** Lets all who want the same thing at once wait for one piece of work. */
export interface SingleFlight<T> {
  /** Begins `work`, or joins the one for `key` that has begun and not ended; its failure is shared, too. */
  join(key: string, work: () => Promise<T>): Promise<T>;
}

/** A flight belongs to no caller: whoever gives up waiting takes nobody else's answer away. */
export function createSingleFlight<T>(): SingleFlight<T> {
  const inFlight = new Map<string, Promise<T>>();
  return {
    join(key, work) {
      const running = inFlight.get(key);
      if (running !== undefined) return running;
      const started = work().finally(() => inFlight.delete(key));
      inFlight.set(key, started);
      return started;
    },
  };
}
