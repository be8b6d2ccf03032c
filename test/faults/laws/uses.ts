import type { VendAnswer } from '../../../core/vend-answer.ts';
import type { TrueTime } from '../world/true-time.ts';
import type { Databases } from './database.ts';
import type { Violations } from './violations.ts';

/** What clients hand out, and how long they let somebody wait for it. */
export interface Uses {
  /** Judges a token at the moment at which it is handed out. */
  judge(client: string, answer: VendAnswer): void;
  /** Watches one call of an application's. Resolves with whether it got a token; never rejects. */
  watch(client: string, limitMs: number, get: () => Promise<VendAnswer>): Promise<boolean>;
  /** To be called at the end: who still waits has been forgotten. */
  judgeWaiting(): void;
}

export function createUses(deps: {
  readonly time: TrueTime;
  readonly violations: Violations;
  readonly databases: Databases;
  readonly clockErrorSeconds: () => number;
  /** What a token must have left to be handed out. */
  readonly minTtlSeconds: number;
}): Uses {
  const { time, violations, databases, minTtlSeconds } = deps;
  const waiting = new Map<symbol, { readonly client: string; readonly untilMs: number }>();

  const judgeWait = (client: string, untilMs: number): void => {
    const lateMs = time.ranMs() - untilMs;
    if (lateMs > 0) violations.add('answered-in-time', `${client} waits ${lateMs} ms too long`);
  };

  const judge = (client: string, { token, expiresIn }: VendAnswer): void => {
    const left = databases.leftSeconds(token);
    const least = Math.max(minTtlSeconds, expiresIn) - deps.clockErrorSeconds() - 1;
    if (left < least) violations.add('usable-token', `${client} hands out one with ${left} s left`);
  };

  return {
    judge,
    async watch(client, limitMs, get) {
      const [call, untilMs] = [Symbol(client), time.ranMs() + limitMs];
      waiting.set(call, { client, untilMs });
      try {
        judge(client, await get());
        return true;
      } catch {
        return false;
      } finally {
        if (waiting.delete(call)) judgeWait(client, untilMs);
      }
    },
    judgeWaiting() {
      for (const { client, untilMs } of waiting.values()) judgeWait(client, untilMs);
    },
  };
}
