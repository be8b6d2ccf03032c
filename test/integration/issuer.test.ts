import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { workforceClaims } from '../../local/issuer/claims.ts';
import type { Fault } from '../../local/issuer/faults.ts';
import { type Issuer, type IssuerOptions, startIssuer } from '../../local/issuer/oidc-issuer.ts';
import { aClock, startOfTest } from '../builders/clock.ts';

const issuers: Issuer[] = [];

afterEach(async () => {
  await Promise.all(issuers.splice(0).map((issuer) => issuer.close()));
});

async function anIssuer(options: IssuerOptions = { algorithms: ['ES256'] }): Promise<Issuer> {
  const issuer = await startIssuer(options);
  issuers.push(issuer);
  return issuer;
}

const audience = 'https://tokens.example.com';
const claims = workforceClaims({ email: 'engineer-1@example.com', groups: [], audience });
const hour = { expiresInSeconds: 3600 };

/** As a verifier does it that has read nothing before. */
function verify(issuer: Issuer, token: string) {
  const keys = createRemoteJWKSet(new URL(issuer.jwksUri));
  return jwtVerify(token, keys, { issuer: issuer.url, audience });
}

describe('an issuer', () => {
  it('is found by discovery, under exactly its own name', async () => {
    const issuer = await anIssuer();

    const document = await (await fetch(`${issuer.url}/.well-known/openid-configuration`)).json();

    expect(document).toMatchObject({ issuer: issuer.url, jwks_uri: issuer.jwksUri });
    expect(issuer.fetchCount('discovery')).toBe(1);
  });

  it.each(['RS256', 'ES256'] as const)('signs %s tokens that its keys verify', async (alg) => {
    const issuer = await anIssuer({});

    const token = await issuer.issue(claims, { ...hour, alg });

    const { payload, protectedHeader } = await verify(issuer, token);
    expect([payload.sub, protectedHeader.alg]).toEqual(['engineer-1@example.com', alg]);
    expect(issuer.fetchCount('jwks')).toBe(1);
  });

  it('dates tokens by its clock, and numbers them', async () => {
    const issuer = await anIssuer({ algorithms: ['ES256'], clock: aClock(), ids: () => 'id-1' });

    const payload = decodeJwt(await issuer.issue(claims, { expiresInSeconds: -60 }));

    const iat = startOfTest.getTime() / 1000;
    expect(payload).toMatchObject({ iat, nbf: iat, exp: iat - 60, jti: 'id-1' });
  });

  it('A7: leaves out or replaces what a test takes away or sets', async () => {
    const issuer = await anIssuer();

    const token = await issuer.issue({ ...claims, exp: undefined, iss: 'https://else' }, hour);

    expect(decodeJwt(token)).not.toHaveProperty('exp');
    expect(decodeJwt(token)).toMatchObject({ iss: 'https://else' });
  });

  it('keeps verifying old tokens after a rotation, but not after a withdrawal', async () => {
    const issuer = await anIssuer();
    const token = await issuer.issue(claims, hour);

    await issuer.rotate();
    const rotated = await verify(issuer, token);
    await issuer.rotate({ keepOld: false });

    expect(rotated.payload.sub).toBe('engineer-1@example.com');
    await expect(verify(issuer, token)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('A6: does not sign for another that runs beside it', async () => {
    const [one, other] = [await anIssuer(), await anIssuer()];

    const token = await one.issue({ ...claims, iss: other.url }, hour);

    await expect(verify(other, token)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});

describe('A3: an issuer that misbehaves', () => {
  const read = async (issuer: Issuer, signal?: AbortSignal) => {
    const options = { redirect: 'manual', ...(signal && { signal }) } as const;
    const response = await fetch(issuer.jwksUri, options);
    return { response, text: await response.text() };
  };

  it.each<[Fault, number]>([
    [{ kind: 'server-error' }, 500],
    [{ kind: 'redirect', location: 'http://169.254.169.254/' }, 302],
    [{ kind: 'garbage' }, 200],
    [{ kind: 'slow', delayMs: 5 }, 200],
  ])('answers %o with %d, counted, until it is well again', async (fault, status) => {
    const issuer = await anIssuer();
    issuer.misbehave('jwks', fault);

    const faulty = await read(issuer);
    issuer.misbehave('jwks');
    const well = await read(issuer);

    expect(faulty.response.status).toBe(status);
    expect(JSON.parse(well.text)).toHaveProperty('keys');
    expect(issuer.fetchCount('jwks')).toBe(2);
  });

  it('sends as large a body as it is told to', async () => {
    const issuer = await anIssuer();
    issuer.misbehave('jwks', { kind: 'huge-body', bytes: 1_000_000 });

    expect((await read(issuer)).text.length).toBeGreaterThan(1_000_000);
  });

  it.each<Fault>([{ kind: 'hang' }, { kind: 'stall' }, { kind: 'slow', delayMs: 60_000 }])(
    'never finishes with %o, and is closed all the same',
    async (fault) => {
      const issuer = await anIssuer();
      issuer.misbehave('jwks', fault);

      await expect(read(issuer, AbortSignal.timeout(50))).rejects.toThrow();
      await issuer.close();
    },
  );

  it('stays well in its other document', async () => {
    const issuer = await anIssuer();
    issuer.misbehave('jwks', { kind: 'hang' });

    const response = await fetch(`${issuer.url}/.well-known/openid-configuration`);

    expect(response.status).toBe(200);
  });
});
