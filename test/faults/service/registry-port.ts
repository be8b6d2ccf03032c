import type { RegistryStore } from '../../../core/registry/store.ts';
import type { InForce, Since } from '../laws/in-force.ts';
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
  /** Which rules may count for a request that began then, as docs/architecture.md promises. */
  countsSince(requestedAtMs: number): Since;
}

export interface RegistryPortDependencies {
  readonly time: TrueTime;
  readonly chance: Chance;
  readonly inForce: InForce;
}

/** Milliseconds that one reading takes, half of them before and half after what it sees. */
export function readingMs(chance: Chance, mood: RegistryMood): number {
  return mood === 'slow' ? 100 + chance.below(400) : chance.below(20);
}

/** Follows when readings could last succeed. */
export function followFaults(nowMs: () => number, coolDownMs: number) {
  let sinceMs: number | undefined;
  let endedMs = Number.NEGATIVE_INFINITY;
  return {
    set(isFault: boolean): void {
      const isOngoing = sinceMs !== undefined && endedMs === Number.POSITIVE_INFINITY;
      if (isFault && !isOngoing && nowMs() - endedMs > coolDownMs) sinceMs = nowMs();
      if (isFault) endedMs = Number.POSITIVE_INFINITY;
      else if (isOngoing) endedMs = nowMs();
    },
    /** Milliseconds by which a fault may have kept a look from being taken; 0 where none has. */
    heldUpMs(): number {
      const isOver = nowMs() - endedMs > coolDownMs;
      return sinceMs === undefined || isOver ? 0 : nowMs() - sinceMs;
    },
  };
}
