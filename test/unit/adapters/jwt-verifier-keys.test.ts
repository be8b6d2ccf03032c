import { beforeAll, describe, expect, test } from 'vitest';
import { createJwtVerifier } from '../../../adapters/jwt-verifier.ts';
import { aServer } from './jwks-server.ts';
import {
  aJwt,
  aLog,
  anIssuer,
  aRegistry,
  aSigner,
  aVerifier,
  now,
  outcomeOf,
  type Signer,
} from './jwt-fixtures.ts';
import { aRemoteIssuer } from './remote-issuer.ts';

let first: Signer;
let second: Signer;

beforeAll(async () => {
  first = await aSigner({ kid: 'first' });
  second = await aSigner({ kid: 'second' });
});

describe('a JWT without a key id', () => {
  test('is accepted where the issuer has one key', async () => {
    const verify = aVerifier(anIssuer({ signers: [first] }));

    const outcome = await outcomeOf(verify(await aJwt(first, {}, { kid: undefined })));

    expect(outcome).toBe('accepted');
  });

  test('A6: is refused where several keys would fit, instead of trying them all', async () => {
    const verify = aVerifier(anIssuer({ signers: [first, second] }));

    const outcome = await outcomeOf(verify(await aJwt(first, {}, { kid: undefined })));

    expect(outcome).toBe('UNAUTHENTICATED jwt-key-unknown');
  });

  test.each(['', 'absent', '__proto__'])('A6: the key id %j finds no other key', async (kid) => {
    const verify = aVerifier(anIssuer({ signers: [first] }));

    const outcome = await outcomeOf(verify(await aJwt(first, {}, { kid })));

    expect(outcome).toBe('UNAUTHENTICATED jwt-key-unknown');
  });
});

describe('keys at an address', () => {
  test('are not fetched for a JWT whose algorithm is refused anyway', async () => {
    const { verify, server, jwtOf } = await aRemoteIssuer(first);

    const outcome = await outcomeOf(verify(await jwtOf(await aSigner({ alg: 'PS256' }))));

    expect(outcome).toBe('UNAUTHENTICATED jwt-algorithm');
    expect(server.requests()).toBe(0);
  });

  test.each(['[]', 'null', '{}', '{"keys":{}}', '{"keys":[1]}'])(
    'A3: an answer that is JSON but no key set is a failed fetch: %s',
    async (body) => {
      const log = aLog();
      const { url } = await aServer((_request, response) => response.end(body));
      const issuer = anIssuer({ keys: { kind: 'remote', jwksUri: url } });
      const verify = createJwtVerifier({ registry: aRegistry(issuer), clock: () => now, log });

      const outcome = await outcomeOf(verify(await aJwt(first)));

      expect(outcome).toBe('UPSTREAM_UNAVAILABLE issuer-unreachable');
      expect(log.lines).toEqual([['ISSUER_UNREACHABLE', { issuer: 'example', fault: 'not-keys' }]]);
    },
  );

  test('A6: belong to one issuer, even where two issuers name the same address', async () => {
    const { url, requests } = await aServer((_request, response) =>
      response.end(JSON.stringify({ keys: [first.jwk] })),
    );
    const keys = { kind: 'remote', jwksUri: url } as const;
    const otherUrl = 'https://other.example.com';
    const verify = createJwtVerifier({
      registry: aRegistry(anIssuer({ keys }), anIssuer({ name: 'other', url: otherUrl, keys })),
      clock: () => now,
      log: aLog(),
    });

    await verify(await aJwt(first));
    await verify(await aJwt(first, { iss: otherUrl }));

    expect(requests()).toBe(2);
  });
});

test('keys are held for 100 issuers at most', async () => {
  const fetched: string[] = [];
  const addressed = (url: string) =>
    anIssuer({ url, keys: { kind: 'remote', jwksUri: `${url}/jwks` } });
  const verify = createJwtVerifier({
    registry: { issuer: async (url) => ({ found: true, issuer: addressed(url) }) },
    clock: () => now,
    log: aLog(),
    fetchJwks: async (address) => {
      fetched.push(address);
      return { keys: [first.jwk] };
    },
  });
  const verifyFor = async (at: number): Promise<unknown> =>
    verify(await aJwt(first, { iss: `https://issuer-${at}.example.com` }));

  for (let at = 0; at < 100; at++) await verifyFor(at);
  await verifyFor(0);
  expect(fetched).toHaveLength(100);

  await verifyFor(100);
  await verifyFor(0);
  expect(fetched).toHaveLength(102);
});

describe('keys in the entry', () => {
  test('A6: are no longer used once the entry holds others', async () => {
    let signer = first;
    const verify = createJwtVerifier({
      registry: { issuer: (url) => aRegistry(anIssuer({ signers: [signer] })).issuer(url) },
      clock: () => now,
      log: aLog(),
    });
    await verify(await aJwt(first));

    signer = second;
    const withdrawn = await outcomeOf(verify(await aJwt(first)));
    const added = await outcomeOf(verify(await aJwt(second)));

    expect([withdrawn, added]).toEqual(['UNAUTHENTICATED jwt-key-unknown', 'accepted']);
  });

  test.each([
    { name: 'too weak', members: { n: 'AQAB', e: 'AQAB' } },
    { name: 'incomplete', members: {} },
  ])('a key that is $name refuses its JWTs and no others', async ({ members }) => {
    const signer = await aSigner({ alg: 'RS256', kid: 'broken' });
    const broken = { kty: 'RSA', kid: 'broken', alg: 'RS256', ...members };
    const keys = { kind: 'inline', jwks: { keys: [broken, first.jwk] } } as const;
    const verify = aVerifier(anIssuer({ keys }));

    const outcome = await outcomeOf(verify(await aJwt(signer)));
    const other = await outcomeOf(verify(await aJwt(first)));

    expect(outcome).toMatch(/^UNAUTHENTICATED jwt-(?:signature|key-unknown)$/);
    expect(other).toBe('accepted');
  });
});
