import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../core/sha256.ts';

const hexOf = async (hash: Sha256): Promise<string> =>
  Buffer.from(await hash.digest()).toString('hex');

/** FIPS 180-4's example, and test case 2 of RFC 4231. */
const plain = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const keyed = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

describe('SHA-256 for the signer', () => {
  it('hashes text and bytes, and begins anew', async () => {
    const hash = new Sha256();
    hash.update('something else');
    hash.reset();
    hash.update('a');
    hash.update(new Uint8Array([98]).buffer);
    hash.update(new DataView(new TextEncoder().encode('abc').buffer, 2));

    expect(await hexOf(hash)).toBe(plain);
  });

  it.each<readonly [string, ConstructorParameters<typeof Sha256>[0]]>([
    ['text', 'Jefe'],
    ['bytes', Buffer.from('Jefe')],
    ['a part of a buffer', Buffer.from('xJefex').subarray(1, 5)],
  ])('is an HMAC under a secret of %s', async (_, secret) => {
    const hash = new Sha256(secret);
    hash.update('what do ya want for nothing?');

    expect(await hexOf(hash)).toBe(keyed);
  });
});
