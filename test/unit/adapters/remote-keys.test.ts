import { createLocalJWKSet } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRemoteKeys, type KeyLookup } from '../../../adapters/remote-keys.ts';
import { aSigner, now, type Signer } from './jwt-fixtures.ts';

let signer: Signer;

beforeAll(async () => {
  signer = await aSigner({ kid: 'known' });
});

const header = { alg: 'ES256', kid: 'known' };
const token = { payload: '', signature: '' };

/** Keys whose fetches the test answers one by one, and whose clock it sets. */
function someKeys() {
  const fetches: { resolve(keys: KeyLookup): void; reject(error: Error): void }[] = [];
  const state = { now };
  const keys = createRemoteKeys({
    fetchKeys: () =>
      new Promise((resolve, reject) => {
        fetches.push({ resolve, reject });
      }),
    clock: () => state.now,
  });
  const passSeconds = (seconds: number): void => {
    state.now = new Date(state.now.getTime() + seconds * 1000);
  };
  const answer = (): void => fetches.at(-1)?.resolve(createLocalJWKSet({ keys: [signer.jwk] }));
  return { keys, fetches, passSeconds, answer };
}

describe('createRemoteKeys', () => {
  test('A25: joins the fetch that is running, however long it takes', async () => {
    const { keys, fetches, passSeconds, answer } = someKeys();

    const early = keys(header, token);
    passSeconds(300);
    const late = keys(header, token);
    answer();

    await expect(early).resolves.toBeDefined();
    await expect(late).resolves.toBeDefined();
    expect(fetches).toHaveLength(1);
  });

  test('A19: counts the age of keys from when they were asked for', async () => {
    const { keys, fetches, passSeconds, answer } = someKeys();
    const waiting = keys(header, token);
    passSeconds(600);
    answer();

    await waiting;
    const again = keys(header, token);
    answer();
    await again;

    expect(fetches).toHaveLength(2);
  });

  test('A19: fetches anew after the clock was set back, instead of trusting keys from the future', async () => {
    const { keys, fetches, passSeconds, answer } = someKeys();
    const before = keys(header, token);
    answer();
    await before;

    passSeconds(-7_200);
    const after = keys(header, token);
    answer();
    await after;

    expect(fetches).toHaveLength(2);
  });

  test('A21: lets nothing of a failed fetch out', async () => {
    const { keys, fetches } = someKeys();

    const lookup = keys(header, token);
    fetches[0]?.reject(new Error('canary-7f3a'));
    const error = await Promise.resolve(lookup).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'issuer-unreachable',
      retryAfterSeconds: 5,
    });
    expect(error).not.toHaveProperty('cause');
  });
});
