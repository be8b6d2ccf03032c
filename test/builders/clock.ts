/** When every test's story begins, unless it says otherwise. */
export const startOfTest = new Date('2026-03-01T12:00:00.000Z');

/** The instant that lies `seconds` after `from`; negative for before. */
export function secondsAfter(seconds: number, from: Date = startOfTest): Date {
  return new Date(from.getTime() + seconds * 1000);
}

/** A clock that stands still until it is told to move. */
export interface ManualClock {
  (): Date;
  advance(seconds: number): void;
}

export function aClock(start: Date = startOfTest): ManualClock {
  let now = start;
  const clock = (): Date => now;
  return Object.assign(clock, {
    advance: (seconds: number) => {
      now = secondsAfter(seconds, now);
    },
  });
}
