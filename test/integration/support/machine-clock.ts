import { vi } from 'vitest';

/** The clock of this process, standing still until it is told to move. */
export interface MachineClock {
  advance(seconds: number): void;
  /** `seconds` from now; negative for before. In whole seconds since the epoch, as JWTs count. */
  epochSeconds(seconds?: number): number;
  release(): void;
}

/**
 * Takes over `Date` for the whole process, and no timer. An injected clock would not do here: the
 * AWS SDK signs with the machine's time, and the local AWS has to see the same one.
 */
export function holdMachineClock(): MachineClock {
  const startMs = Math.floor(Date.now() / 1000) * 1000;
  vi.useFakeTimers({ toFake: ['Date'], now: startMs });
  return {
    advance: (seconds) => {
      vi.setSystemTime(Date.now() + seconds * 1000);
    },
    epochSeconds: (seconds = 0) => Math.floor(Date.now() / 1000) + seconds,
    release: () => {
      vi.useRealTimers();
    },
  };
}
