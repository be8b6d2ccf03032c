import { beforeAll, describe, expect, test } from 'vitest';
import { leewaySeconds } from '../../../core/identity.ts';
import {
  aHandmadeJwt,
  aJwt,
  anIssuer,
  aSigner,
  aVerifier,
  nowSeconds,
  outcomeOf,
  type Signer,
} from './jwt-fixtures.ts';

const day = 86_400;
const tenYears = 10 * 365 * day;

let signer: Signer;

beforeAll(async () => {
  signer = await aSigner();
});

describe('the times', () => {
  test.each<{ name: string; claims: Record<string, unknown>; outcome: string }>([
    {
      name: 'exp a second inside the leeway',
      claims: { exp: nowSeconds - leewaySeconds + 1, iat: nowSeconds - 600 },
      outcome: 'accepted',
    },
    {
      name: 'exp at the end of the leeway',
      claims: { exp: nowSeconds - leewaySeconds, iat: nowSeconds - 600 },
      outcome: 'UNAUTHENTICATED jwt-expired',
    },
    {
      name: 'exp a second beyond the leeway',
      claims: { exp: nowSeconds - leewaySeconds - 1, iat: nowSeconds - 600 },
      outcome: 'UNAUTHENTICATED jwt-expired',
    },
    {
      name: 'nbf at the end of the leeway',
      claims: { nbf: nowSeconds + leewaySeconds },
      outcome: 'accepted',
    },
    {
      name: 'nbf a second beyond the leeway',
      claims: { nbf: nowSeconds + leewaySeconds + 1 },
      outcome: 'UNAUTHENTICATED jwt-not-yet-valid',
    },
    {
      name: 'iat at the end of the leeway',
      claims: { iat: nowSeconds + leewaySeconds },
      outcome: 'accepted',
    },
    {
      name: 'iat a second beyond the leeway',
      claims: { iat: nowSeconds + leewaySeconds + 1 },
      outcome: 'UNAUTHENTICATED jwt-not-yet-valid',
    },
    {
      name: 'the longest lifetime',
      claims: { iat: nowSeconds, exp: nowSeconds + day },
      outcome: 'accepted',
    },
    {
      name: 'a lifetime a second longer',
      claims: { iat: nowSeconds, exp: nowSeconds + day + 1 },
      outcome: 'UNAUTHENTICATED jwt-lifetime',
    },
    {
      name: 'ten years to live',
      claims: { iat: nowSeconds, exp: nowSeconds + tenYears },
      outcome: 'UNAUTHENTICATED jwt-lifetime',
    },
    {
      name: 'ten years to live, two days old',
      claims: { iat: nowSeconds - 2 * day, exp: nowSeconds + tenYears },
      outcome: 'UNAUTHENTICATED jwt-too-old',
    },
  ])('A7: $name: $outcome', async ({ claims, outcome }) => {
    const verify = aVerifier(anIssuer({ signers: [signer] }));

    expect(await outcomeOf(verify(await aJwt(signer, claims)))).toBe(outcome);
  });

  test.each([
    { exp: undefined },
    { exp: null },
    { exp: String(nowSeconds + 600) },
    { exp: [nowSeconds + 600] },
    { iat: undefined },
    { iat: null },
    { iat: String(nowSeconds) },
    { nbf: String(nowSeconds) },
    { nbf: null },
  ])('A7: refuses a time that is missing or no number: %o', async (claims) => {
    const verify = aVerifier(anIssuer({ signers: [signer] }));

    const outcome = await outcomeOf(verify(await aJwt(signer, claims)));

    expect(outcome).toBe('UNAUTHENTICATED jwt-claims');
  });

  test('keeps to the lifetime of the entry', async () => {
    const verify = aVerifier(anIssuer({ signers: [signer], maxTokenLifetimeSeconds: 300 }));

    const outcome = await outcomeOf(
      verify(await aJwt(signer, { iat: nowSeconds, exp: nowSeconds + 301 })),
    );

    expect(outcome).toBe('UNAUTHENTICATED jwt-lifetime');
  });

  test('carries the expiry into the identity', async () => {
    const verify = aVerifier(anIssuer({ signers: [signer] }));

    const identity = await verify(await aJwt(signer, { exp: nowSeconds + 90 }));

    expect(identity.expiresAt).toEqual(new Date((nowSeconds + 90) * 1000));
  });

  test('does not tell an expired JWT from a forged one before the signature is proven', async () => {
    const verify = aVerifier(anIssuer({ signers: [signer] }));
    const [header, payload] = aHandmadeJwt(
      { alg: 'ES256', kid: 'key-1' },
      { iss: 'https://issuer.example.com', exp: 1 },
    ).split('.');
    const signature = Buffer.alloc(64).toString('base64url');

    const outcome = await outcomeOf(verify(`${header}.${payload}.${signature}`));

    expect(outcome).toBe('UNAUTHENTICATED jwt-signature');
  });
});
