/** An end of patience in real time. `passed` stays pending once it is cancelled. */
export interface Deadline {
  readonly passed: Promise<'deadline'>;
  /** Milliseconds; never negative. */
  remainingMs(): number;
  cancel(): void;
}

/** `afterMs` below zero counts as zero. */
export function startDeadline(afterMs: number): Deadline {
  const endsAt = performance.now() + afterMs;
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<'deadline'>((resolve) => {
    timer = setTimeout(() => resolve('deadline'), Math.max(0, afterMs));
    // What is waited for keeps us running, not the patience with it.
    timer.unref();
  });
  return {
    passed,
    remainingMs: () => Math.max(0, endsAt - performance.now()),
    cancel: () => clearTimeout(timer),
  };
}
