import type { TokenRequest } from '../../clients/api-client/token-request.ts';
import type { CachedToken } from '../../clients/token-cache/cached-token.ts';
import type { TokenCache } from '../../clients/token-cache/token-cache.ts';
import type { CaBundle } from '../../core/vend-answer.ts';
import type { Sleep } from './awakening.ts';
import type { ExtensionLog } from './log.ts';
import type { SnapshotGate } from './snapshot-gate.ts';

export interface VendingDependencies {
  readonly cache: TokenCache;
  readonly fetchCa: (bundle: string) => Promise<CaBundle>;
  readonly sleep: () => Sleep;
  readonly gate: SnapshotGate;
  readonly prefetch: readonly TokenRequest[];
  /** How long one request is held while there is no token for it. */
  readonly holdMs: number;
  readonly log: ExtensionLog;
}

/** Tokens over the life of an execution environment, which may stand still or be copied at any time. */
export interface Vending {
  /** Begins to fetch the configured tokens, unless a snapshot is still to be taken. Returns at once. */
  start(): void;
  /**
   * Called when an invocation begins: renews what is due. Returns at once, because the invocation is
   * billed until then.
   */
  invoked(): void;
  /** Renews what is due. For environments in which no event announces invocations. */
  refresh(): void;
  /** Waits until there is a token or time is up. Rejects with `ClientError`. */
  token(request: TokenRequest): Promise<CachedToken>;
  ca(bundle: string): Promise<CaBundle>;
}

export function createVending(deps: VendingDependencies): Vending {
  const { cache, gate, holdMs, log } = deps;

  const prefetch = (): void => {
    // Failures are logged where they happen, and answered when somebody asks.
    for (const request of deps.prefetch) cache.get(request).catch(() => undefined);
  };

  const restored = (): void => {
    log.debug('RESTORED');
    cache.purge();
    gate.open();
    prefetch();
  };

  const wakeUp = (): void => {
    const sleep = deps.sleep();
    // Before a snapshot, a long silence is an application that takes long to start, and not a freeze.
    if (!gate.isOpen()) {
      if (sleep === 'frozen') restored();
    } else if (sleep !== 'none') {
      log.debug('THAWED', { sleep });
      cache.thawed();
    }
  };

  const refresh = (): void => {
    // Never rejects; nobody waits for it.
    void cache.refreshDue();
  };

  return {
    start() {
      if (gate.isOpen()) prefetch();
    },
    invoked() {
      wakeUp();
      // There are no invocations before a snapshot.
      if (!gate.isOpen()) restored();
      refresh();
    },
    refresh() {
      wakeUp();
      refresh();
    },
    async token(request) {
      wakeUp();
      await gate.passed(holdMs);
      return cache.get(request, { timeoutMs: holdMs });
    },
    async ca(bundle) {
      wakeUp();
      await gate.passed(holdMs);
      return deps.fetchCa(bundle);
    },
  };
}
