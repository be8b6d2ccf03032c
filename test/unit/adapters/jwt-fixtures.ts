import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createJwtVerifier, type VerifyJwt } from '../../../adapters/jwt-verifier.ts';
import { VendError } from '../../../core/errors.ts';
import type { Log, LogFields } from '../../../core/log.ts';
import type { Issuer, JsonWebKey } from '../../../core/registry/model.ts';
import type { RegistryStore } from '../../../core/registry/store.ts';

/** The moment of every test whose clock stands still. */
export const now = new Date('2026-03-01T12:00:00Z');
export const nowSeconds = now.getTime() / 1000;

export const issuerUrl = 'https://issuer.example.com';
export const audience = 'https://tokens.example.com';

export interface Signer {
  readonly alg: string;
  readonly jwk: JsonWebKey;
  readonly privateKey: CryptoKey;
}

/** A key pair whose public half can stand in a key set. */
export async function aSigner({ alg = 'ES256', kid = 'key-1' } = {}): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const { kty = '', ...members } = await exportJWK(publicKey);
  return { alg, jwk: { kty, ...members, kid, alg }, privateKey };
}

/** An issuer whose keys are part of its entry, unless told otherwise. */
export function anIssuer(
  overrides: Partial<Issuer> & { signers?: readonly Signer[] } = {},
): Issuer {
  const { signers = [], ...fields } = overrides;
  return {
    name: 'example',
    url: issuerUrl,
    audiences: [audience],
    algorithms: ['ES256', 'RS256'],
    keys: { kind: 'inline', jwks: { keys: signers.map(({ jwk }) => jwk) } },
    maxTokenLifetimeSeconds: 86_400,
    claimKeys: [],
    auditClaims: [],
    ...fields,
  };
}

/** A JWT that every check accepts, but for what the test changes; `undefined` leaves a claim out. */
export function aJwt(
  { alg, jwk, privateKey }: Signer,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const good = {
    iss: issuerUrl,
    sub: 'workload-1',
    aud: audience,
    iat: nowSeconds - 10,
    exp: nowSeconds + 600,
  };
  return new SignJWT({ ...good, ...claims })
    .setProtectedHeader({ alg, kid: jwk.kid ?? '', ...header })
    .sign(privateKey);
}

/** Three parts put together by hand: for what no library would sign. */
export function aHandmadeJwt(header: unknown, payload: unknown, signature = ''): string {
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode(header)}.${encode(payload)}.${signature}`;
}

/** A store that holds exactly these issuers. */
export function aRegistry(...issuers: readonly Issuer[]): Pick<RegistryStore, 'issuer'> {
  return {
    issuer: async (url) => {
      const issuer = issuers.find((one) => one.url === url);
      return issuer ? { found: true, issuer } : { found: false, reason: 'issuer-unknown' };
    },
  };
}

/** Collects what is logged. */
export function aLog(): Log & { readonly lines: (readonly [string, LogFields | undefined])[] } {
  const lines: (readonly [string, LogFields | undefined])[] = [];
  const add = (code: string, fields?: LogFields): void => {
    lines.push([code, fields]);
  };
  return { lines, info: add, warn: add, error: add };
}

/** The verifier at {@link now}, for issuers with keys in their entries. */
export function aVerifier(...issuers: readonly Issuer[]): VerifyJwt {
  return createJwtVerifier({ registry: aRegistry(...issuers), clock: () => now, log: aLog() });
}

/** Why a promise was rejected, as `CODE reason`; `accepted` if it was not. */
export async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'accepted';
  } catch (error) {
    return error instanceof VendError ? `${error.code} ${error.reason}` : `no VendError: ${error}`;
  }
}
