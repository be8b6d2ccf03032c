/** How long the process may have stood still since it last looked at its clocks. */
export type Sleep =
  /** Nothing unusual. */
  | 'none'
  /** So long that nothing from before can still be under way; perhaps frozen, perhaps just quiet. */
  | 'quiet'
  /** One clock went on without the other: the machine stood still, or was restored from a snapshot. */
  | 'frozen';

/**
 * Scheduling and clock adjustment move the two clocks apart a little. If they differ by more than this,
 * one of them stood still.
 */
const toleratedDriftMs = 1_000;

/**
 * Tells from the clocks whether the machine slept since the last look. Lambda says nothing when it
 * freezes, thaws or restores an environment: what comes next is a request, or an event.
 *
 * @param options.quietMs A pause after which connections and calls from before it are given up.
 */
export function createAwakening(options: {
  readonly clock: () => Date;
  /** Milliseconds since some instant, unaffected by clock changes: `performance.now`. */
  readonly monotonicMs: () => number;
  readonly quietMs: number;
}): () => Sleep {
  const { clock, monotonicMs, quietMs } = options;
  let lastWallMs = clock().getTime();
  let lastMonotonicMs = monotonicMs();
  return () => {
    const wallMs = clock().getTime();
    const nowMs = monotonicMs();
    const byWall = wallMs - lastWallMs;
    const byMonotonic = nowMs - lastMonotonicMs;
    lastWallMs = wallMs;
    lastMonotonicMs = nowMs;
    if (Math.abs(byWall - byMonotonic) > toleratedDriftMs) return 'frozen';
    return byMonotonic > quietMs ? 'quiet' : 'none';
  };
}
