/**
 * A pooled connection that was last used longer ago than this is not tried. By the wall clock: while a
 * function is frozen no timer of its own runs, and load balancers cut connections without telling. One
 * that died in silence would cost its first user a whole time-out, and the only retry.
 */
const longestIdleMs = 15_000;

/**
 * What is to be called before each use of a pool.
 *
 * @param drop Closes all connections. None is at work then, as every call gives up long before.
 */
export function idleConnections(clock: () => Date, drop: () => void): () => void {
  let lastUsedMs = clock().getTime();
  return () => {
    const nowMs = clock().getTime();
    // Also from ahead of us: a clock that was set back tells nothing of the time in between.
    if (Math.abs(nowMs - lastUsedMs) > longestIdleMs) drop();
    lastUsedMs = nowMs;
  };
}
