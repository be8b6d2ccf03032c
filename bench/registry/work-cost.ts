import { GCProfiler } from 'node:v8';
import { garbageCollector } from '../garbage-collector.ts';

/** What some work took. */
export interface WorkCost<T> {
  readonly result: T;
  readonly ms: number;
  /** The most that the heap held, beyond what it held before: what a process needs room for. */
  readonly heapBytes: number;
}

/**
 * Times work that may not pause: nothing else runs while it does, so that the heap is looked at by the
 * collector, which notes what it finds each time.
 */
export function costOf<T>(work: () => T): WorkCost<T> {
  const profiler = new GCProfiler();
  garbageCollector()();
  const heapBefore = process.memoryUsage().heapUsed;
  profiler.start();
  const startedAtMs = performance.now();
  const result = work();
  const ms = performance.now() - startedAtMs;
  const seen = profiler.stop()?.statistics ?? [];
  const sizes = seen.map(({ beforeGC }) => beforeGC.heapStatistics.usedHeapSize);
  const heapMost = Math.max(process.memoryUsage().heapUsed, ...sizes);
  return { result, ms, heapBytes: heapMost - heapBefore };
}
