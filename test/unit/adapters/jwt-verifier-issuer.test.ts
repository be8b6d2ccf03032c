import { beforeAll, describe, expect, test } from 'vitest';
import { createJwtVerifier } from '../../../adapters/jwt-verifier.ts';
import { VendError } from '../../../core/errors.ts';
import {
  aJwt,
  aLog,
  anIssuer,
  aRegistry,
  aSigner,
  aVerifier,
  issuerUrl,
  now,
  outcomeOf,
  type Signer,
} from './jwt-fixtures.ts';

let signer: Signer;

beforeAll(async () => {
  signer = await aSigner();
});

describe('the issuer', () => {
  test.each([
    `${issuerUrl}\n`,
    ` ${issuerUrl}`,
    `${issuerUrl}/`,
    `${issuerUrl}#`,
    `${issuerUrl}?a=b`,
    issuerUrl.toUpperCase(),
    issuerUrl.replace('example', 'ex\u0430mple'),
    issuerUrl.replace('https://', 'https://user@'),
    issuerUrl.replace('https:', 'http:'),
    issuerUrl.replace('.com', '%2ecom'),
    `${issuerUrl}${'/a'.repeat(200)}`,
    'constructor',
    '',
  ])('A2: refuses an issuer that is not the text of an entry: %j', async (iss) => {
    const verify = aVerifier(anIssuer({ signers: [signer] }));

    const outcome = await outcomeOf(verify(await aJwt(signer, { iss })));

    expect(outcome).toBe('UNAUTHENTICATED issuer-unknown');
  });

  test('A3: asks nobody for the keys of an issuer that is not listed', async () => {
    const asked: string[] = [];
    const verify = createJwtVerifier({
      registry: aRegistry(anIssuer({ signers: [signer] })),
      clock: () => now,
      log: aLog(),
      fetchJwks: async (address) => asked.push(address),
    });
    const iss = 'http://169.254.169.254';
    const header = { jku: `${iss}/jwks`, x5u: `${iss}/cert` };

    await outcomeOf(verify(await aJwt(signer, { iss }, header)));
    await outcomeOf(verify(await aJwt(signer, {}, header)));

    expect(asked).toEqual([]);
  });

  test('A2: does not rely on the store to have found the issuer it was asked for', async () => {
    const issuer = anIssuer({ url: 'https://other.example.com', signers: [signer] });
    const verify = createJwtVerifier({
      registry: { issuer: async () => ({ found: true, issuer }) },
      clock: () => now,
      log: aLog(),
    });

    const outcome = await outcomeOf(verify(await aJwt(signer)));

    expect(outcome).toBe('UNAUTHENTICATED jwt-claims');
  });

  test('says which issuers are suspended', async () => {
    const verify = createJwtVerifier({
      registry: { issuer: async () => ({ found: false, reason: 'issuer-suspended' }) },
      clock: () => now,
      log: aLog(),
    });

    const outcome = await outcomeOf(verify(await aJwt(signer)));

    expect(outcome).toBe('UNAUTHENTICATED issuer-suspended');
  });

  test('A23: does not take an unreadable registry for an unknown issuer', async () => {
    const verify = createJwtVerifier({
      registry: {
        issuer: async () => {
          throw new VendError('UPSTREAM_UNAVAILABLE', 'registry-unavailable');
        },
      },
      clock: () => now,
      log: aLog(),
    });

    const outcome = await outcomeOf(verify(await aJwt(signer)));

    expect(outcome).toBe('UPSTREAM_UNAVAILABLE registry-unavailable');
  });

  test('A6: a key of one issuer does not sign for another, whatever its id', async () => {
    const [first, second] = [await aSigner({ kid: 'same' }), await aSigner({ kid: 'same' })];
    const otherUrl = 'https://other.example.com';
    const verify = aVerifier(
      anIssuer({ signers: [first] }),
      anIssuer({ name: 'other', url: otherUrl, signers: [second] }),
    );

    const own = await outcomeOf(verify(await aJwt(second, { iss: otherUrl })));
    const crossed = await outcomeOf(verify(await aJwt(second)));
    const crossedBack = await outcomeOf(verify(await aJwt(first, { iss: otherUrl })));

    expect([own, crossed, crossedBack]).toEqual([
      'accepted',
      'UNAUTHENTICATED jwt-signature',
      'UNAUTHENTICATED jwt-signature',
    ]);
  });
});
