import { CompactSign, exportSPKI, importJWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  aHandmadeJwt,
  aJwt,
  anIssuer,
  aSigner,
  audience,
  aVerifier,
  issuerUrl,
  nowSeconds,
  outcomeOf,
  type Signer,
} from './jwt-fixtures.ts';

const goodClaims = {
  iss: issuerUrl,
  sub: 'workload-1',
  aud: audience,
  iat: nowSeconds,
  exp: nowSeconds + 600,
};

let rsa: Signer;
let ec: Signer;
let stranger: Signer;

beforeAll(async () => {
  rsa = await aSigner({ alg: 'RS256', kid: 'rsa' });
  ec = await aSigner({ alg: 'ES256', kid: 'ec' });
  stranger = await aSigner({ alg: 'ES256', kid: 'ec' });
});

describe('the signature', () => {
  test.each(['RS256', 'ES256'])(
    'accepts a JWT signed with %s by a key of the issuer',
    async (alg) => {
      const verify = aVerifier(anIssuer({ signers: [rsa, ec] }));

      const identity = await verify(await aJwt(alg === 'RS256' ? rsa : ec));

      expect(identity).toMatchObject({ kind: 'jwt', issuer: issuerUrl, subject: 'workload-1' });
    },
  );

  test('refuses a JWT whose payload was changed after signing', async () => {
    const verify = aVerifier(anIssuer({ signers: [ec] }));
    const [header, , signature] = (await aJwt(ec)).split('.');
    const other = (await aJwt(ec, { sub: 'admin' })).split('.')[1];

    const outcome = await outcomeOf(verify(`${header}.${other}.${signature}`));

    expect(outcome).toBe('UNAUTHENTICATED jwt-signature');
  });

  test('refuses a key of another party under the key id of the issuer', async () => {
    const verify = aVerifier(anIssuer({ signers: [ec] }));

    const outcome = await outcomeOf(verify(await aJwt(stranger)));

    expect(outcome).toBe('UNAUTHENTICATED jwt-signature');
  });

  test.each(['none', 'None', 'NONE'])(
    'A4: refuses alg %s, even if the entry lists it',
    async (alg) => {
      const jwt = aHandmadeJwt({ alg }, goodClaims);
      const algorithms = ['ES256', alg];

      const usual = await outcomeOf(aVerifier(anIssuer({ signers: [ec] }))(jwt));
      const careless = await outcomeOf(aVerifier(anIssuer({ signers: [ec], algorithms }))(jwt));

      expect(usual).toBe('UNAUTHENTICATED jwt-algorithm');
      expect(careless).toMatch(/^UNAUTHENTICATED /);
    },
  );

  test('A4: refuses HS256 with the RSA public key as its secret, even if the entry lists it', async () => {
    const publicKey = await importJWK(rsa.jwk, 'RS256', { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error('not a public key');
    const secret = new TextEncoder().encode(await exportSPKI(publicKey));
    const jwt = await new SignJWT(goodClaims)
      .setProtectedHeader({ alg: 'HS256', kid: 'rsa' })
      .sign(secret);
    const algorithms = ['RS256', 'HS256'];

    const usual = await outcomeOf(aVerifier(anIssuer({ signers: [rsa] }))(jwt));
    const careless = await outcomeOf(aVerifier(anIssuer({ signers: [rsa], algorithms }))(jwt));

    expect(usual).toBe('UNAUTHENTICATED jwt-algorithm');
    expect(careless).toMatch(/^UNAUTHENTICATED /);
  });

  test.each([
    { alg: 'ES256', kid: 'rsa' },
    { alg: 'RS256', kid: 'ec' },
  ])('A4: refuses $alg with the key $kid, which is of the other kind', async (header) => {
    const verify = aVerifier(anIssuer({ signers: [rsa, ec] }));
    const signer = header.alg === 'ES256' ? stranger : await aSigner({ alg: 'RS256' });

    const outcome = await outcomeOf(verify(await aJwt(signer, {}, header)));

    expect(outcome).toBe('UNAUTHENTICATED jwt-key-unknown');
  });

  test('A4: refuses an algorithm that is sound but not the one of the entry', async () => {
    const verify = aVerifier(anIssuer({ signers: [rsa, ec], algorithms: ['RS256'] }));

    const outcome = await outcomeOf(verify(await aJwt(ec)));

    expect(outcome).toBe('UNAUTHENTICATED jwt-algorithm');
  });

  test('A4: does not trust a key that the JWT brings along (`jwk`)', async () => {
    const verify = aVerifier(anIssuer({ signers: [ec] }));

    const outcome = await outcomeOf(verify(await aJwt(stranger, {}, { jwk: stranger.jwk })));

    expect(outcome).toBe('UNAUTHENTICATED jwt-signature');
  });

  test('A4: refuses an extension that it is told it must understand (`crit`)', async () => {
    const verify = aVerifier(anIssuer({ signers: [ec] }));
    const jwt = await new CompactSign(new TextEncoder().encode(JSON.stringify(goodClaims)))
      .setProtectedHeader({ alg: 'ES256', kid: 'ec', crit: ['exp-ext'], 'exp-ext': 1 })
      .sign(ec.privateKey, { crit: { 'exp-ext': true } });

    const outcome = await outcomeOf(verify(jwt));

    expect(outcome).toBe('UNAUTHENTICATED jwt-malformed');
  });
});
