import { ClientError } from '../../../../clients/api-client/client-error.ts';
import type { TokenRequest } from '../../../../clients/api-client/token-request.ts';
import {
  createTokenCache,
  type TokenCache,
  type TokenCacheOptions,
} from '../../../../clients/token-cache/token-cache.ts';
import type { VendAnswer } from '../../../../core/vend-answer.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { secondsAfter, startOfTest } from '../../../builders/clock.ts';
import { type Deferred, deferred, settle } from '../../../builders/deferred.ts';

export const request: TokenRequest = { database: 'orders', user: 'orders_app' };

/** One call that the cache made; the test decides how it ends. */
export interface MadeCall {
  readonly request: TokenRequest;
  readonly signal: AbortSignal;
  /** Brings a token that was cut now by the API's clock, which is never wrong. */
  answer(parts?: Parameters<typeof anAnswer>[0]): Promise<void>;
  fail(error: Error): Promise<void>;
}

export interface CacheUnderTest {
  readonly cache: TokenCache;
  readonly calls: readonly MadeCall[];
  readonly drops: () => number;
  /** Time passes as usual. */
  pass(seconds: number): void;
  /** Time passes, and the monotonic clock does not see it. */
  freeze(seconds: number): void;
  /** The wall clock is set, and no time passes. */
  setClock(seconds: number): void;
  /** The last call made. */
  last(): MadeCall;
}

/** A cache with clocks in the test's hand and an API whose calls stay open until the test ends them. */
export function aCache(
  options: TokenCacheOptions & {
    readonly random?: () => number;
    readonly longestCallMs?: number;
  } = {},
): CacheUnderTest {
  let real = 0;
  let frozen = 0;
  let offset = 0;
  let drops = 0;
  const calls: MadeCall[] = [];
  const realNow = (): Date => secondsAfter(real, startOfTest);
  const cache = createTokenCache(
    {
      api: {
        vend: (asked, { signal }) => {
          const open = deferred<VendAnswer>();
          calls.push(aCall(asked, signal, open, realNow, calls.length));
          return open.promise;
        },
        drop: () => {
          drops++;
        },
        longestCallMs: options.longestCallMs ?? 6_000,
      },
      clock: () => secondsAfter(offset, realNow()),
      monotonicMs: () => (real - frozen) * 1000,
      random: options.random ?? (() => 0.5),
    },
    options,
  );
  return {
    cache,
    calls,
    drops: () => drops,
    pass: (seconds) => {
      real += seconds;
    },
    freeze: (seconds) => {
      real += seconds;
      frozen += seconds;
    },
    setClock: (seconds) => {
      offset += seconds;
    },
    last: () => {
      const call = calls.at(-1);
      if (call === undefined) throw new Error('the cache made no call');
      return call;
    },
  };
}

function aCall(
  request: TokenRequest,
  signal: AbortSignal,
  open: Deferred<VendAnswer>,
  realNow: () => Date,
  mark: number,
): MadeCall {
  return {
    request,
    signal,
    answer: (parts) => {
      open.resolve(anAnswer({ at: realNow(), mark, ...parts }));
      return settle();
    },
    fail: (error) => {
      open.reject(error);
      return settle();
    },
  };
}

/** Fills the cache with one token, for `request` unless told otherwise. */
export async function filled(
  options: Parameters<typeof aCache>[0] = {},
  parts: Parameters<typeof anAnswer>[0] = {},
): Promise<CacheUnderTest> {
  const test = aCache(options);
  const got = test.cache.get(request);
  await test.last().answer(parts);
  await got;
  return test;
}

export const unreachable = (): ClientError => new ClientError('unreachable');
export const denied = (): ClientError => new ClientError('denied', { status: 403 });
