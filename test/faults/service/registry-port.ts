import type { RegistryStore } from '../../../core/registry/store.ts';
import type { InForce, Since } from '../laws/in-force.ts';
import type { Pace } from '../laws/pace.ts';
import type { Chance } from '../world/chance.ts';
import type { Mortal } from '../world/mortal.ts';
import type { TrueTime } from '../world/true-time.ts';

/** How the place is in which the registry lies; the last four are faults. */
export const registryMoods = ['well', 'slow', 'gone', 'unreadable', 'broken', 'partial'] as const;
export type RegistryMood = (typeof registryMoods)[number];

/** Where a run's registry lies. Each process opens it for itself. */
export interface RegistryPort {
  open(process: Mortal): RegistryStore;
  setMood(mood: RegistryMood): void;
  /** To be told after the rules have changed. */
  changed(): void;
  /** Which rules may count for a request that `process` got then, as docs/architecture.md promises. */
  countsSince(requestedAtMs: number, process: Mortal): Since;
}

export interface RegistryPortDependencies {
  readonly time: TrueTime;
  readonly chance: Chance;
  readonly inForce: InForce;
  readonly pace: Pace;
}

/** Milliseconds that one reading takes, half of them before and half after what it sees. */
export function readingMs(chance: Chance, mood: RegistryMood): number {
  return mood === 'slow' ? 100 + chance.below(400) : chance.below(20);
}

/** Follows which rules each process has seen last, and when a fault may have kept it from looking. */
export interface Looks {
  /** To be told when readings begin to fail, and when they no longer do. */
  setFault(isFault: boolean): void;
  /** A process has just seen the rules that are in force, or that those it knows still are. */
  succeeded(process: Mortal): void;
  /** The earliest instant whose rules may count for a request that `process` got at `requestedAtMs`. */
  countSinceMs(requestedAtMs: number, process: Mortal): number;
}

/**
 * Rules count for `lookMs`: within that, whoever is asked has looked again. While that fails, what was seen
 * at the last look counts on, which may be long ago: a process that nobody asks does not look.
 *
 * @param options.outageMs For how long it does at most, where there is an end to it.
 */
export function followLooks(options: {
  readonly nowMs: () => number;
  readonly lookMs: number;
  readonly outageMs?: number;
}): Looks {
  const { nowMs, lookMs, outageMs = Number.POSITIVE_INFINITY } = options;
  const lastMs = new WeakMap<Mortal, number>();
  let endedMs = Number.NEGATIVE_INFINITY;
  return {
    setFault(isFault) {
      if (isFault) endedMs = Number.POSITIVE_INFINITY;
      else if (endedMs === Number.POSITIVE_INFINITY) endedMs = nowMs();
    },
    succeeded: (process) => void lastMs.set(process, nowMs()),
    countSinceMs(requestedAtMs, process) {
      const soundMs = requestedAtMs - lookMs;
      // A look that failed at the end of a fault may be the one that counts.
      if (requestedAtMs - endedMs > lookMs) return soundMs;
      const seenMs = lastMs.get(process) ?? soundMs;
      return Math.min(soundMs, Math.max(seenMs, requestedAtMs - outageMs));
    },
  };
}
