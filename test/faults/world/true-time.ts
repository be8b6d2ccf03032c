import { vi } from 'vitest';
import { startOfTest } from '../../builders/clock.ts';
import { createRealWork, type RealWork } from './real-work.ts';

/** The time of the simulated world. Every timer of the process, and `Date`, run on it. */
export interface TrueTime {
  /** What a perfect clock would show; epoch milliseconds. */
  nowMs(): number;
  /** Milliseconds in which nothing stood still. */
  ranMs(): number;
  sleep(ms: number): Promise<void>;
  /** Lets timers fire, one after the other, each with all that follows from it. */
  pass(seconds: number): Promise<void>;
  /**
   * Every machine stands still: clocks that count on are ahead afterwards, timers are not. Not between a
   * cache's decision and its caller: nothing in a process could see that.
   */
  freeze(seconds: number): Promise<void>;
  /** Sets the machine's own clock, which the SDK's signers read: `Date`, against true time. */
  setMachineClock(offsetMs: number): void;
  readonly realWork: RealWork;
  /** How many timers have been set and have not fired, whoever set them. */
  pendingTimers(): number;
  end(): void;
}

/** Takes over the process's timers and `Date`; `end` gives them back. */
export function startTrueTime(): TrueTime {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: startOfTest });
  const realWork = createRealWork();
  let offsetMs = 0;
  let frozenMs = 0;
  const nowMs = (): number => Date.now() - offsetMs;

  return {
    nowMs,
    realWork,
    ranMs: () => nowMs() - startOfTest.getTime() - frozenMs,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    async pass(seconds) {
      let isOver = false;
      setTimeout(() => {
        isOver = true;
      }, seconds * 1000);
      for (;;) {
        await realWork.done();
        if (isOver) return;
        vi.advanceTimersToNextTimer();
      }
    },
    async freeze(seconds) {
      await realWork.done();
      frozenMs += seconds * 1000;
      vi.setSystemTime(Date.now() + seconds * 1000);
    },
    setMachineClock(newOffsetMs) {
      vi.setSystemTime(nowMs() + newOffsetMs);
      offsetMs = newOffsetMs;
    },
    pendingTimers: () => vi.getTimerCount(),
    end: () => {
      vi.useRealTimers();
    },
  };
}
