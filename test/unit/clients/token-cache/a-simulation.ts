import { vi } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import { createTokenCache } from '../../../../clients/token-cache/token-cache.ts';
import type { VendAnswer } from '../../../../core/vend-answer.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { secondsAfter } from '../../../builders/clock.ts';

type Mood = 'well' | 'failing' | 'throttling' | 'refusing' | 'hanging' | 'stingy';

export type Step =
  | { readonly do: 'use' | 'use-fresh'; readonly callers: number }
  | { readonly do: 'pass' | 'freeze' | 'set-clock'; readonly seconds: number }
  | { readonly do: 'api'; readonly mood: Mood }
  | { readonly do: 'refresh-due' | 'thaw' };

const request = { database: 'orders', user: 'orders_app' };
const minTtlSeconds = 60;
const longestCallMs = 6_000;
/** Between two uses while time passes; an application in a hurry. */
const usedEverySeconds = 0.25;
/** Longer stretches pass unused. */
const busyForSeconds = 100;

/** A cache, an API with moods, and a world whose true time only the simulation knows. Seconds. */
export function aSimulation(seed: number) {
  let real = 0;
  let frozen = 0;
  let offset = 0;
  let mood: Mood = 'well';
  let state = seed >>> 0;
  const random = (): number => {
    // A linear congruential generator (Numerical Recipes), so that a failing seed fails again.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const deaths = new Map<string, number>();
  const callsAt: number[] = [];
  const dead: { readonly at: number; readonly left: number }[] = [];
  let open = 0;
  let mostOpen = 0;

  const end = (): VendAnswer => {
    if (mood === 'failing') throw new ClientError('server-error', { status: 503 });
    if (mood === 'throttling') throw new ClientError('throttled', { retryAfterSeconds: 30 });
    if (mood === 'refusing') throw new ClientError('denied', { status: 403 });
    const lifeSeconds = mood === 'stingy' ? 45 + Math.floor(random() * 60) : 900;
    const answer = anAnswer({ at: secondsAfter(real), lifeSeconds, mark: deaths.size });
    deaths.set(answer.token, real + lifeSeconds);
    return answer;
  };

  const vend = async (
    _asked: unknown,
    { signal }: { signal: AbortSignal },
  ): Promise<VendAnswer> => {
    callsAt.push(real);
    open++;
    mostOpen = Math.max(mostOpen, open);
    let closed = false;
    const close = (): void => {
      if (!closed) open--;
      closed = true;
    };
    signal.addEventListener('abort', close);
    try {
      const hangs = mood === 'hanging';
      await new Promise((resolve) =>
        setTimeout(resolve, hangs ? longestCallMs - 1 : random() * 900),
      );
      if (hangs) throw new ClientError('timeout');
      return end();
    } finally {
      close();
    }
  };

  const cache = createTokenCache(
    {
      api: { vend, drop: () => undefined, longestCallMs },
      clock: () => secondsAfter(offset + real),
      monotonicMs: () => (real - frozen) * 1000,
      random,
    },
    { minTtlSeconds },
  );

  const use = async (fresh: boolean): Promise<boolean> => {
    const got = await cache.get({ ...request, fresh }, { timeoutMs: 9_000 }).catch(() => undefined);
    if (got === undefined) return false;
    const left = (deaths.get(got.answer.token) ?? 0) - real;
    if (left < minTtlSeconds || got.answer.expiresIn > left) dead.push({ at: real, left });
    return true;
  };

  const tick = async (seconds: number): Promise<void> => {
    real += seconds;
    await vi.advanceTimersByTimeAsync(seconds * 1000);
  };

  const pass = async (seconds: number): Promise<void> => {
    const isBusy = seconds <= busyForSeconds;
    for (let done = 0; done < seconds; done += usedEverySeconds) {
      if (isBusy) void use(false);
      await tick(0);
      await tick(usedEverySeconds);
    }
  };

  const take = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'use':
      case 'use-fresh':
        for (let caller = 0; caller < step.callers; caller++) void use(step.do === 'use-fresh');
        return tick(0);
      case 'pass':
        return pass(step.seconds);
      case 'freeze':
        real += step.seconds;
        frozen += step.seconds;
        return;
      case 'set-clock':
        // Whoever sets a clock runs: a clock set during a freeze is beyond what can be seen.
        void cache.refreshDue();
        offset += step.seconds;
        void cache.refreshDue();
        return;
      case 'api':
        mood = step.mood;
        return;
      case 'refresh-due':
        void cache.refreshDue();
        return;
      case 'thaw':
        cache.thawed();
        return;
    }
  };

  return {
    take,
    /** The API is well and the clock right again: one back-off later there must be a token. */
    async recover(): Promise<boolean> {
      mood = 'well';
      await take({ do: 'set-clock', seconds: -offset });
      await pass(longestCallMs / 1000 + 1);
      await tick(60);
      const got = use(false);
      await pass(2);
      return got;
    },
    deadTokens: () => dead,
    mostCallsAtOnce: () => mostOpen,
    mostCallsInAMinute: () =>
      Math.max(
        0,
        ...callsAt.map((from) => callsAt.filter((at) => at >= from && at < from + 60).length),
      ),
  };
}
