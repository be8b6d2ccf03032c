/**
 * Work that simulated time has to wait for: files and key operations, which Node does on threads of its
 * own. One piece at a time, in the order in which they were asked for: threads finish in any order, and a
 * run has to be repeatable.
 */
export interface RealWork {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** For the parts of `run` that wait for simulated time in turn. */
  pause<T>(wait: () => Promise<T>): Promise<T>;
  /** Resolves when there is none, and everything has happened that needs no time. */
  done(): Promise<void>;
}

/** A pass of the agent takes milliseconds. What takes this long waits for a time that does not pass. */
const longestMs = 20_000;

export function createRealWork(): RealWork {
  const waiting: (() => void)[] = [];
  let isBusy = false;

  const begin = (): Promise<void> => {
    if (isBusy) return new Promise((resolve) => waiting.push(resolve));
    isBusy = true;
    return Promise.resolve();
  };
  const end = (): void => {
    const next = waiting.shift();
    if (next === undefined) isBusy = false;
    else next();
  };

  return {
    async run(work) {
      await begin();
      try {
        return await work();
      } finally {
        end();
      }
    },
    async pause(wait) {
      end();
      try {
        return await wait();
      } finally {
        await begin();
      }
    },
    async done() {
      const giveUpAtMs = performance.now() + longestMs;
      do {
        await new Promise<void>((resolve) => setImmediate(resolve));
        if (performance.now() > giveUpAtMs) throw new Error('real work waits for simulated time');
      } while (isBusy);
    },
  };
}
