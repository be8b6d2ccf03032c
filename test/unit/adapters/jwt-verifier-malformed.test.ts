import { beforeAll, describe, expect, test } from 'vitest';
import { VendError } from '../../../core/errors.ts';
import {
  aHandmadeJwt,
  aJwt,
  anIssuer,
  aSigner,
  aVerifier,
  issuerUrl,
  outcomeOf,
  type Signer,
} from './jwt-fixtures.ts';

let signer: Signer;

beforeAll(async () => {
  signer = await aSigner();
});

describe('what is no JWT', () => {
  const payload = { iss: issuerUrl };

  test.each([
    { name: 'nothing', jwt: '', reason: 'jwt-malformed' },
    { name: 'one part', jwt: 'abc', reason: 'jwt-malformed' },
    { name: 'four parts', jwt: 'a.b.c.d', reason: 'jwt-malformed' },
    { name: 'an encrypted JWT', jwt: 'a.b.c.d.e', reason: 'jwt-malformed' },
    { name: 'a payload that is no JSON', jwt: 'e30.e30x.', reason: 'jwt-malformed' },
    { name: 'a header that is text', jwt: aHandmadeJwt('ES256', payload), reason: 'jwt-malformed' },
    { name: 'a header that is a list', jwt: aHandmadeJwt([], payload), reason: 'jwt-malformed' },
    {
      name: 'a payload that is a list',
      jwt: aHandmadeJwt({ alg: 'ES256' }, []),
      reason: 'jwt-malformed',
    },
    { name: 'a header without alg', jwt: aHandmadeJwt({}, payload), reason: 'jwt-malformed' },
    {
      name: 'an alg in a list',
      jwt: aHandmadeJwt({ alg: ['ES256'] }, payload),
      reason: 'jwt-malformed',
    },
    {
      name: 'a payload without iss',
      jwt: aHandmadeJwt({ alg: 'ES256' }, {}),
      reason: 'jwt-claims',
    },
    {
      name: 'an iss in a list',
      jwt: aHandmadeJwt({ alg: 'ES256' }, { iss: [issuerUrl] }),
      reason: 'jwt-claims',
    },
  ])('refuses $name', async ({ jwt, reason }) => {
    const verify = aVerifier(anIssuer({ signers: [signer] }));

    expect(await outcomeOf(verify(jwt))).toBe(`UNAUTHENTICATED ${reason}`);
  });

  test('refuses what is over 8 KiB, however well it is signed', async () => {
    const verify = aVerifier(anIssuer({ signers: [signer] }));

    const outcome = await outcomeOf(verify(await aJwt(signer, { padding: 'x'.repeat(6_200) })));

    expect(outcome).toBe('UNAUTHENTICATED jwt-malformed');
  });
});

test('A21: an error carries neither the JWT nor its claims', async () => {
  const verify = aVerifier(anIssuer({ signers: [signer] }));
  const canary = 'canary-7f3a';
  const jwts = [
    await aJwt(signer, { aud: canary, secret: canary }),
    await aJwt(signer, { exp: 1, secret: canary }),
    await aJwt(await aSigner(), { secret: canary }),
    await aJwt(signer, { secret: canary, sub: undefined }),
  ];

  for (const jwt of jwts) {
    const error = await verify(jwt).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(VendError);
    expect(error).not.toHaveProperty('cause');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(canary);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(jwt);
  }
});
