import type { Outcome } from './file-keeper.ts';

/** What is known of one target. */
export interface TargetStatus {
  readonly alias: string;
  /** End of the token in the files; absent before the first one. */
  readonly expiresAt?: Date | undefined;
  /** How often its files were replaced. */
  readonly writes: number;
  /** Passes that brought no files, or ended with a token from before. */
  readonly failures: number;
}

/** What the probes of an orchestrator ask. */
export interface AgentStatus {
  record(outcomes: readonly Outcome[], now: Date): void;
  /** Whether every target has had its files once: the application may start. */
  isStarted(): boolean;
  /** Whether every target's token is still good for a login. */
  isReady(now: Date): boolean;
  /**
   * Whether the loop turns. It has nothing to do with the API: an agent that is killed for an outage
   * cannot go on serving the tokens that are still good.
   */
  isLive(now: Date): boolean;
  targets(): readonly TargetStatus[];
}

/** A login that begins now must end with a token that is still good. Seconds. */
const readySeconds = 30;
/** Three times what a pass takes that waits for the API as long as it may (file-keeper). Seconds. */
const liveSeconds = 60;

export function createAgentStatus(aliases: readonly string[], startedAt: Date): AgentStatus {
  const known = new Map<string, TargetStatus>(
    aliases.map((alias) => [alias, { alias, writes: 0, failures: 0 }]),
  );
  let lastPassAt = startedAt;
  const all = (): readonly TargetStatus[] => [...known.values()];
  return {
    record(outcomes, now) {
      lastPassAt = now;
      for (const outcome of outcomes) {
        const before = known.get(outcome.alias);
        if (before !== undefined) known.set(outcome.alias, after(before, outcome));
      }
    },
    isStarted: () => all().every(({ expiresAt }) => expiresAt !== undefined),
    isReady: (now) => all().every(({ expiresAt }) => secondsTo(expiresAt, now) >= readySeconds),
    isLive: (now) => Math.abs(secondsTo(lastPassAt, now)) < liveSeconds,
    targets: all,
  };
}

function after(before: TargetStatus, outcome: Outcome): TargetStatus {
  if (outcome.state === 'failed') return { ...before, failures: before.failures + 1 };
  return {
    alias: before.alias,
    expiresAt: new Date(outcome.answer.expiresAt),
    writes: before.writes + (outcome.state === 'written' ? 1 : 0),
    failures: before.failures + (outcome.stale ? 1 : 0),
  };
}

function secondsTo(instant: Date | undefined, now: Date): number {
  return instant === undefined ? Number.NEGATIVE_INFINITY : (+instant - +now) / 1000;
}
