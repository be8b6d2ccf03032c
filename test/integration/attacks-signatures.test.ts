import { exportSPKI, importJWK } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { identityOf } from '../../local/callers.ts';
import { startIssuer } from '../../local/issuer/oidc-issuer.ts';
import { subjects } from '../../local/organization.ts';
import { vend } from './support/callers.ts';
import {
  forged,
  ownPublicJwk,
  signedWithHmac,
  unsigned,
  withHeader,
} from './support/crafted-jwts.ts';
import { aHeldStack } from './support/held-stack.ts';
import { outcomeOf } from './support/http.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();
const attacker = await startIssuer();
const jwt = await identityOf(stack, 'orders-pod');

afterAll(() => attacker.close());

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) });

/** What the cluster's issuer publishes of one of its keys. */
async function publishedKey(kty: 'RSA' | 'EC'): Promise<z.infer<typeof keySet>['keys'][number]> {
  const response = await fetch(stack.issuers.kubernetes.jwksUri);
  const found = keySet.parse(await response.json()).keys.find((key) => key.kty === kty);
  if (found === undefined) throw new Error(`no ${kty} key`);
  return found;
}

async function publicKeyPem(): Promise<string> {
  const key = await importJWK(await publishedKey('RSA'), 'RS256', { extractable: true });
  if (key instanceof Uint8Array) throw new Error('not a public key');
  return exportSPKI(key);
}

/** Made by the right key, for an algorithm that the registry does not allow. */
function ecSigned(): Promise<string> {
  const claims = { sub: subjects.ordersPod, aud: [stack.audience] };
  return stack.issuers.kubernetes.issue(claims, { expiresInSeconds: 600, alg: 'ES256' });
}

const jwk = { ...ownPublicJwk };

const fakes: readonly (readonly [string, () => Promise<string> | string, string])[] = [
  ['has no signature', () => unsigned(jwt), 'jwt-algorithm'],
  ['has no signature, oddly spelled', () => unsigned(jwt, 'nOnE'), 'jwt-algorithm'],
  [
    'is signed with the public key as a secret',
    async () => signedWithHmac(jwt, await publicKeyPem()),
    'jwt-algorithm',
  ],
  ['is signed with an algorithm that is not allowed', ecSigned, 'jwt-algorithm'],
  [
    'names RS256 for an ECDSA signature',
    async () => withHeader(await ecSigned(), { alg: 'RS256' }),
    'jwt-key-unknown',
  ],
  ['names a longer RSA algorithm', () => withHeader(jwt, { alg: 'RS512' }), 'jwt-algorithm'],
  ['is signed with another key', () => forged(jwt), 'jwt-signature'],
  ['brings its own key', () => forged(jwt, { jwk }), 'jwt-signature'],
  ['says where its key is', () => forged(jwt, { jku: attacker.jwksUri }), 'jwt-signature'],
  ['says where its certificate is', () => forged(jwt, { x5u: attacker.jwksUri }), 'jwt-signature'],
  [
    'needs an unknown extension',
    () => withHeader(jwt, { crit: ['level'], level: 1 }),
    'jwt-malformed',
  ],
  ['has its header changed', () => withHeader(jwt, { typ: 'at+jwt' }), 'jwt-signature'],
];

describe('a JWT', () => {
  it.each(fakes)('A4: is refused that %s', async (_what, make, reason) => {
    const fake = await make();

    const answer = await vend(stack, fake);

    expect(outcomeOf(answer)).toBe('401 UNAUTHENTICATED');
    expect(lastRecord(stack).reason).toBe(reason);
  });

  it('A4: has nothing fetched from where its header points', () => {
    expect([attacker.fetchCount('jwks'), attacker.fetchCount('discovery')]).toEqual([0, 0]);
  });

  it('A6: is refused under the name of another issuer, whose keys do not count', async () => {
    const crossed = await stack.issuers.kubernetes.issue(
      { iss: stack.issuers.workforce.url, sub: subjects.engineer, aud: stack.audience },
      { expiresInSeconds: 600 },
    );

    const answer = await vend(stack, crossed);

    expect(outcomeOf(answer)).toBe('401 UNAUTHENTICATED');
    expect(lastRecord(stack).reason).toBe('jwt-key-unknown');
  });

  it('is accepted as its issuer wrote it', async () => {
    expect(outcomeOf(await vend(stack, jwt))).toBe('200');
  });
});

describe('a flood of unknown key ids', () => {
  it('A6: costs the issuer one fetch, and locks out nobody', async () => {
    const { kubernetes } = stack.issuers;
    const flood = Array.from({ length: 50 }, (_, at) => withHeader(jwt, { kid: `unknown-${at}` }));
    const before = kubernetes.fetchCount('jwks');
    clock.advance(31);

    const answers = await Promise.all(flood.map((one) => vend(stack, one)));
    const again = await Promise.all(flood.map((one) => vend(stack, one)));

    expect(new Set([...answers, ...again].map(outcomeOf))).toEqual(
      new Set(['401 UNAUTHENTICATED']),
    );
    expect(kubernetes.fetchCount('jwks') - before).toBe(1);
    expect(outcomeOf(await vend(stack, await identityOf(stack, 'orders-pod')))).toBe('200');
  });
});
