import { beforeAll, describe, expect, test } from 'vitest';
import {
  aJwt,
  anIssuer,
  aSigner,
  audience,
  aVerifier,
  outcomeOf,
  type Signer,
} from './jwt-fixtures.ts';

let signer: Signer;

beforeAll(async () => {
  signer = await aSigner();
});

describe('the audience', () => {
  test.each([
    { name: 'the audience itself', aud: audience },
    { name: 'a list with it alone', aud: [audience] },
    { name: 'a list with it among others', aud: ['https://other.example.com', audience] },
  ])('accepts $name', async ({ aud }) => {
    const verify = aVerifier(anIssuer({ signers: [signer] }));

    const outcome = await outcomeOf(verify(await aJwt(signer, { aud })));

    expect(outcome).toBe('accepted');
  });

  test('accepts any of the audiences of the entry', async () => {
    const audiences = ['https://old.example.com', audience];
    const verify = aVerifier(anIssuer({ signers: [signer], audiences }));

    const outcome = await outcomeOf(verify(await aJwt(signer, { aud: audiences[0] })));

    expect(outcome).toBe('accepted');
  });

  test.each<{ name: string; claims: Record<string, unknown> }>([
    { name: 'no audience', claims: { aud: undefined } },
    { name: 'an empty audience', claims: { aud: '' } },
    { name: 'an empty list', claims: { aud: [] } },
    { name: 'null', claims: { aud: null } },
    { name: 'a number', claims: { aud: 0 } },
    { name: 'an object with the audience as its key', claims: { aud: { [audience]: true } } },
    { name: 'another audience', claims: { aud: 'https://other.example.com' } },
    {
      name: 'a list of others',
      claims: { aud: ['https://other.example.com', 'sts.amazonaws.com'] },
    },
    { name: 'a nested list', claims: { aud: [[audience]] } },
    { name: 'a longer audience', claims: { aud: `${audience}.evil.example` } },
    { name: 'a shorter audience', claims: { aud: audience.slice(0, -1) } },
    { name: 'a trailing slash', claims: { aud: `${audience}/` } },
    { name: 'another case', claims: { aud: audience.toUpperCase() } },
    { name: 'audiences joined by a space', claims: { aud: `${audience} other` } },
    { name: 'client_id in its place', claims: { aud: undefined, client_id: audience } },
    { name: 'azp in its place', claims: { aud: [], azp: audience } },
  ])('A5: refuses $name', async ({ claims }) => {
    const verify = aVerifier(anIssuer({ signers: [signer] }));

    const outcome = await outcomeOf(verify(await aJwt(signer, claims)));

    expect(outcome).toBe('UNAUTHENTICATED jwt-audience');
  });

  test.each([
    { name: 'no audience', audiences: [], aud: audience },
    { name: 'an entry without audiences, and an empty list', audiences: [], aud: [] },
    { name: 'an entry without audiences, and none', audiences: [], aud: undefined },
  ])(
    'A10: does not take an empty list of audiences for "any": $name',
    async ({ audiences, aud }) => {
      const verify = aVerifier(anIssuer({ signers: [signer], audiences }));

      const outcome = await outcomeOf(verify(await aJwt(signer, { aud })));

      expect(outcome).toBe('UNAUTHENTICATED jwt-audience');
    },
  );
});
