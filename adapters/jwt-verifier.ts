import { decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { VendError } from '../core/errors.ts';
import { type JwtIdentity, leewaySeconds } from '../core/identity.ts';
import { identityFromClaims } from '../core/identity-from-claims.ts';
import type { Log } from '../core/log.ts';
import type { FailureReason } from '../core/reasons.ts';
import type { Issuer } from '../core/registry/model.ts';
import type { RegistryStore } from '../core/registry/store.ts';
import { fetchJson } from './capped-fetch.ts';
import { createIssuerKeys } from './issuer-keys.ts';
import { refusalOf } from './jwt-refusal.ts';
import type { KeyLookup } from './remote-keys.ts';

export interface JwtVerifierDependencies {
  readonly registry: Pick<RegistryStore, 'issuer'>;
  readonly clock: () => Date;
  readonly log: Log;
  /** How a key set is fetched; {@link fetchJson} within {@link jwksLimits} unless told otherwise. */
  readonly fetchJwks?: (address: string) => Promise<unknown>;
}

/**
 * Verifies a JWT (compact form, without `Bearer`) of any issuer that the registry trusts.
 *
 * Rejects with `VendError` `UNAUTHENTICATED` (`jwt-…`, `issuer-unknown`, `issuer-suspended`,
 * `identity-unusable`, `too-many-claim-values`), or `UPSTREAM_UNAVAILABLE` (`issuer-unreachable`,
 * `registry-unavailable`) where the JWT could not be judged.
 */
export type VerifyJwt = (jwt: string) => Promise<JwtIdentity>;

/** API Gateway passes on 10,240 bytes of headers; ordinary tokens have one or two thousand. */
const maxJwtLength = 8 * 1024;

/** Real key sets have 1 to 20 KB. The whole wait has to leave the authorizer time to answer. */
export const jwksLimits = { deadlineMs: 3_000, maxBodyBytes: 100 * 1024 };

/**
 * Builds the verifier, with a cache of issuers' keys of its own.
 *
 * The unverified `iss` serves one purpose, to be looked up in the registry by its exact text: no
 * address is ever derived from a token. Keys come from the registry's entry alone, so the headers
 * that offer a key or a place to fetch one (`jwk`, `jku`, `x5c`, `x5u`) have no effect.
 */
export function createJwtVerifier(deps: JwtVerifierDependencies): VerifyJwt {
  const fetchJwks = deps.fetchJwks ?? ((address) => fetchJson(address, jwksLimits));
  const keysOf = createIssuerKeys({ fetchJwks, clock: deps.clock, log: deps.log });
  return async (jwt) => {
    const issuer = await trustedIssuer(deps.registry, issuerNamedBy(jwt));
    try {
      return await verified(jwt, issuer, keysOf(issuer), deps.clock());
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

/** Nothing of what is read here is proven yet. */
function issuerNamedBy(jwt: string): string {
  if (jwt.length > maxJwtLength) throw unauthenticated('jwt-malformed');
  const { iss } = unverifiedClaims(jwt);
  if (typeof iss !== 'string') throw unauthenticated('jwt-claims');
  return iss;
}

function unverifiedClaims(jwt: string): JWTPayload {
  try {
    return decodeJwt(jwt);
  } catch {
    throw unauthenticated('jwt-malformed');
  }
}

async function trustedIssuer(
  registry: Pick<RegistryStore, 'issuer'>,
  url: string,
): Promise<Issuer> {
  const lookup = await registry.issuer(url);
  if (!lookup.found) throw unauthenticated(lookup.reason);
  return lookup.issuer;
}

/**
 * jose checks `alg` against the list before it asks for a key, so that a JWT with another algorithm
 * costs no fetch.
 */
async function verified(
  jwt: string,
  issuer: Issuer,
  keys: KeyLookup,
  now: Date,
): Promise<JwtIdentity> {
  const { payload, protectedHeader } = await jwtVerify(jwt, keys, {
    algorithms: [...issuer.algorithms],
    issuer: issuer.url,
    audience: [...issuer.audiences],
    requiredClaims: ['sub', 'exp'],
    maxTokenAge: issuer.maxTokenLifetimeSeconds,
    clockTolerance: leewaySeconds,
    currentDate: now,
  });
  requireShortLife(payload, issuer.maxTokenLifetimeSeconds);
  return identityFromClaims(payload, issuer, protectedHeader.kid);
}

/**
 * Refuses tokens that were made to last. Checking the age would not: a token issued now may expire in
 * ten years.
 */
function requireShortLife({ exp, iat }: JWTPayload, maxSeconds: number): void {
  const isShort = exp !== undefined && iat !== undefined && exp - iat <= maxSeconds;
  if (!isShort) throw unauthenticated('jwt-lifetime');
}

const unauthenticated = (reason: FailureReason): VendError =>
  new VendError('UNAUTHENTICATED', reason);
