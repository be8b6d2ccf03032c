/** An instant as the cache sees it. */
export interface Moment {
  /** Milliseconds since the cache was made; never less than really passed, and never decreasing. */
  readonly passedMs: number;
  readonly wall: Date;
}

export interface Clocks {
  readonly clock: () => Date;
  /** Milliseconds since some instant, unaffected by clock changes: `performance.now`. */
  readonly monotonicMs: () => number;
}

/** Clocks that differ by less round or drift; by more, one of them stood still or was set. */
const toleratedMs = 50;

/**
 * Tells how much time has passed, by whichever clock saw more of it.
 *
 * Neither clock can be trusted alone. The monotonic one stands still while a machine is frozen, and
 * credentials have been served for hours past their end because of it; the wall clock can be set back,
 * which would lengthen every life. Only a clock set back during a freeze stays unseen: the two then
 * show the same as if nothing had happened.
 */
export function passingTime({ clock, monotonicMs }: Clocks): () => Moment {
  let anchor = { wallMs: clock().getTime(), monotonicMs: monotonicMs(), passedMs: 0 };
  let passedMs = 0;
  return () => {
    const wall = clock();
    const byWall = wall.getTime() - anchor.wallMs;
    const byMonotonic = monotonicMs() - anchor.monotonicMs;
    passedMs = Math.max(passedMs, anchor.passedMs + Math.max(byWall, byMonotonic));
    // Not at every look: the larger of many small differences would add up to a clock that races.
    if (Math.abs(byWall - byMonotonic) > toleratedMs) {
      anchor = {
        wallMs: anchor.wallMs + byWall,
        monotonicMs: anchor.monotonicMs + byMonotonic,
        passedMs,
      };
    }
    return { passedMs, wall };
  };
}
