import { describe, expect, it } from 'vitest';
import { createKeyRing } from '../../../../local/issuer/signing-keys.ts';

describe('a key ring', () => {
  it('publishes one key for each algorithm, without its private part', async () => {
    const ring = await createKeyRing(['RS256', 'ES256']);

    const published = ring.published();

    expect(published.map(({ alg }) => alg)).toEqual(['RS256', 'ES256']);
    expect(published.every((key) => !('d' in key))).toBe(true);
  });

  it('signs with the first algorithm unless asked for another', async () => {
    const ring = await createKeyRing(['ES256', 'RS256']);

    expect([ring.pick({}).alg, ring.pick({ alg: 'RS256' }).alg]).toEqual(['ES256', 'RS256']);
  });

  it('signs with the new key after a rotation, and still publishes the old one', async () => {
    const ring = await createKeyRing(['ES256']);
    const old = ring.pick({}).kid;

    await ring.rotate();

    const current = ring.pick({}).kid;
    expect(current).not.toBe(old);
    expect(ring.published().map(({ kid }) => kid)).toEqual([current, old]);
  });

  it('A6: withdraws old keys when told to, and can still sign with them', async () => {
    const ring = await createKeyRing(['ES256']);
    const old = ring.pick({}).kid;

    await ring.rotate({ keepOld: false });

    expect(ring.published().map(({ kid }) => kid)).toEqual([ring.pick({}).kid]);
    expect(ring.pick({ kid: old }).kid).toBe(old);
  });

  it('has no key that it never made', async () => {
    const ring = await createKeyRing(['ES256']);

    expect(() => ring.pick({ kid: 'unknown' })).toThrow();
    expect(() => ring.pick({ alg: 'RS256' })).toThrow();
  });
});
