import { ClientError } from '../api-client/client-error.ts';
import type { TokenRequest } from '../api-client/token-request.ts';
import { outlasting } from '../api-client/waits.ts';
import { type CachedToken, cachedToken } from './cached-token.ts';
import { type Decision, decide, refreshIsDue } from './decide.ts';
import { createFlights, type Flight, type FlightDependencies } from './flights.ts';
import { type Clocks, type Moment, passingTime } from './passing-time.ts';
import { createRecentMap } from './recent-map.ts';
import { settlesWithin } from './settles-within.ts';
import { keyOf, landed, type Slot, wasUsedLately } from './slot.ts';

export interface TokenCacheDependencies extends Clocks {
  readonly api: {
    readonly vend: FlightDependencies['vend'];
    /** Closes pooled connections, which a freeze has cut without telling either side. */
    readonly drop: () => void;
    /** Longest that `vend` takes when nothing stands still. Milliseconds. */
    readonly longestCallMs: number;
  };
  /** In [0, 1): `Math.random`. */
  readonly random: () => number;
}

export interface TokenCacheOptions {
  /** What a token must have left to be handed out: 60 by default, and never less than 30. */
  readonly minTtlSeconds?: number | undefined;
  /** Keys kept; the least recently used one goes first. */
  readonly maxEntries?: number | undefined;
}

export interface TokenCache {
  /**
   * A token with at least the minimum of life left: from memory where there is one, else from the
   * API, in one call for however many ask. Rejects with `ClientError`, at once while backing off.
   *
   * @param options.timeoutMs How long this caller waits for a call, its own or another's. Else as long
   *   as a call may take: its own end then comes first, and says what happened.
   */
  get(
    request: TokenRequest,
    options?: { readonly timeoutMs?: number | undefined },
  ): Promise<CachedToken>;
  /** Renews what is due and was used lately. Never rejects; resolves when the calls are over. */
  refreshDue(): Promise<void>;
  /** To be told after a freeze: what was under way is asked for anew, over new connections. */
  thawed(): void;
  /** Forgets everything: after a snapshot was restored, what is in memory belongs to another machine. */
  purge(): void;
}

/** Below this a slow login could begin with a good token and end with a dead one. Seconds. */
const leastMinTtlSeconds = 30;
const defaultMinTtlSeconds = 60;
const defaultMaxEntries = 200;

/** Keeps tokens while they are good. No timers: it works when it is used, or told to `refreshDue`. */
export function createTokenCache(
  deps: TokenCacheDependencies,
  options: TokenCacheOptions = {},
): TokenCache {
  const { api, random } = deps;
  const { minTtlSeconds = defaultMinTtlSeconds, maxEntries = defaultMaxEntries } = options;
  const minTtlMs = Math.max(minTtlSeconds, leastMinTtlSeconds) * 1000;
  const time = passingTime(deps);
  const slots = createRecentMap<Slot>(maxEntries);
  const flights = createFlights({
    vend: api.vend,
    longestCallMs: api.longestCallMs,
    time,
    land: (key, flight, landing) => {
      const slot = slots.get(key) ?? slotFor(flight.request, flight.startedAt);
      slots.set(key, landed(slot, flight, landing, { now: time(), minTtlMs, random: random() }));
    },
  });

  const abandon = (which?: (flight: Flight) => boolean): void => {
    if (flights.abandon(which) > 0) api.drop();
  };

  const decideFor = (key: string, request: TokenRequest, now: Moment): Decision => {
    abandon(flights.isOverdue);
    const slot = { ...slots.get(key), ...slotFor(request, now) };
    slots.set(key, slot);
    const fresh = request.fresh === true;
    return decide({ ...slot, flight: flights.find(key) }, { fresh, now, minTtlMs });
  };

  return {
    async get(request, { timeoutMs = outlasting(api.longestCallMs) } = {}) {
      const key = keyOf(request);
      const giveUpAtMs = time().passedMs + timeoutMs;
      for (let waited = false; ; waited = true) {
        const now = time();
        const decision = decideFor(key, request, now);
        if (decision.do === 'fail') throw decision.error;
        if (decision.do === 'serve') {
          if (decision.refresh) flights.launch(key, { ...request, fresh: false });
          return cachedToken(decision, waited, now);
        }
        const flight = flights.find(key) ?? flights.launch(key, request);
        const leftMs = giveUpAtMs - now.passedMs;
        if (!(await settlesWithin(flight.settled, leftMs)))
          throw new ClientError('gave-up-waiting');
      }
    },
    async refreshDue() {
      abandon(flights.isOverdue);
      const now = time();
      const due = slots.entries().filter(([key, slot]) => {
        const flight = flights.find(key);
        return wasUsedLately(slot, now) && refreshIsDue({ ...slot, flight }, now);
      });
      await Promise.all(
        due.map(([key, { request }]) => flights.launch(key, { ...request, fresh: false }).settled),
      );
    },
    thawed() {
      flights.abandon();
      api.drop();
    },
    purge() {
      slots.clear();
      flights.abandon();
      api.drop();
    },
  };
}

function slotFor(request: TokenRequest, now: Moment): Slot {
  return { request, usedAtMs: now.passedMs };
}
