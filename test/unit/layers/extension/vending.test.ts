import { describe, expect, it } from 'vitest';
import type { TokenRequest } from '../../../../clients/api-client/token-request.ts';
import type { Sleep } from '../../../../layers/extension/awakening.ts';
import { createSnapshotGate } from '../../../../layers/extension/snapshot-gate.ts';
import { createVending } from '../../../../layers/extension/vending.ts';
import { isPending } from '../../../builders/deferred.ts';
import { aBundle, aCachedToken, aLog } from './builders.ts';

const orders: TokenRequest = { database: 'orders', user: 'orders_app' };

function aVending({ isSnapshot = false, holdMs = 60_000 } = {}) {
  const did: string[] = [];
  const waits: unknown[] = [];
  let sleep: Sleep = 'none';
  const { log, entries } = aLog();
  const vending = createVending({
    cache: {
      get: async ({ database }, options) => {
        did.push(`get ${database}`);
        waits.push(options?.timeoutMs);
        return aCachedToken();
      },
      refreshDue: () => {
        did.push('refreshDue');
        // The calls behind it may take as long as they like.
        return new Promise(() => undefined);
      },
      thawed: () => did.push('thawed'),
      purge: () => did.push('purge'),
    },
    fetchCa: async (name) => {
      did.push(`ca ${name}`);
      return aBundle(name);
    },
    sleep: () => sleep,
    gate: createSnapshotGate(isSnapshot),
    prefetch: [orders],
    holdMs,
    log,
  });
  return {
    vending,
    did,
    waits,
    entries,
    slept: (kind: Sleep): void => {
      sleep = kind;
    },
  };
}

describe('vending', () => {
  it('begins with what is to be prefetched', () => {
    const { vending, did } = aVending();

    vending.start();

    expect(did).toEqual(['get orders']);
  });

  it('renews what is due at an invocation, and does not wait for it', () => {
    const { vending, did } = aVending();

    vending.invoked();

    expect(did).toEqual(['refreshDue']);
  });

  it.each(['frozen', 'quiet'] as const)('tells the cache of a thaw (%s) first', async (kind) => {
    const { vending, did, slept } = aVending();
    slept(kind);

    vending.invoked();
    await vending.token(orders);

    expect(did).toEqual(['thawed', 'refreshDue', 'thawed', 'get orders']);
  });

  it('renews what is due where no invocation says when, after a thaw as well', () => {
    const { vending, did, slept, entries } = aVending();
    slept('frozen');

    vending.refresh();

    expect(did).toEqual(['thawed', 'refreshDue']);
    expect(entries()).toMatchObject([{ code: 'THAWED', sleep: 'frozen' }]);
  });

  it('holds a request for as long as it may, and a prefetch for as long as it takes', async () => {
    const { vending, waits } = aVending({ holdMs: 700 });

    vending.start();
    await vending.token(orders);

    expect(waits).toEqual([undefined, 700]);
  });

  it('tells it of one that a request shows before any event does', async () => {
    const { vending, did, slept } = aVending();
    slept('frozen');

    await vending.ca('eu-west-1');

    expect(did).toEqual(['thawed', 'ca eu-west-1']);
  });
});

describe('A19: vending under SnapStart', () => {
  it('fetches nothing before the snapshot', async () => {
    const { vending, did } = aVending({ isSnapshot: true });

    vending.start();
    const token = vending.token(orders);
    const bundle = vending.ca('eu-west-1');

    expect(await isPending(token)).toBe(true);
    expect(await isPending(bundle)).toBe(true);
    expect(did).toEqual([]);
  });

  it('takes a slow start of the application for no restore', async () => {
    const { vending, did, slept } = aVending({ isSnapshot: true });
    slept('quiet');

    const token = vending.token(orders);

    expect(await isPending(token)).toBe(true);
    expect(did).toEqual([]);
  });

  it('drops everything at the first invocation after it, and fetches anew', () => {
    const { vending, did, entries } = aVending({ isSnapshot: true });
    vending.start();

    vending.invoked();
    vending.invoked();

    expect(entries()).toMatchObject([{ code: 'RESTORED' }]);
    expect(did).toEqual(['purge', 'get orders', 'refreshDue', 'refreshDue']);
  });

  it('does so at a request as well, where the clocks show that it was restored', async () => {
    const { vending, did, slept } = aVending({ isSnapshot: true });
    slept('frozen');

    await vending.token(orders);

    expect(did).toEqual(['purge', 'get orders', 'get orders']);
  });

  it('serves who has waited since before the snapshot', async () => {
    const { vending } = aVending({ isSnapshot: true });
    const waiting = vending.token(orders);

    vending.invoked();

    expect(await waiting).toMatchObject({ state: 'hit' });
  });

  it('holds nobody for longer than a request may take', async () => {
    const { vending, did } = aVending({ isSnapshot: true, holdMs: 5 });

    await expect(vending.token(orders)).rejects.toMatchObject({ reason: 'gave-up-waiting' });

    expect(did).toEqual([]);
  });
});
