import { bounded } from './audit.ts';
import { isSubject, readClaim } from './claim-values.ts';
import { VendError } from './errors.ts';
import type { JwtEvidence, JwtIdentity } from './identity.ts';
import { isRecord } from './registry/guards.ts';
import type { ClaimValue, Issuer } from './registry/model.ts';

/**
 * What is kept of a verified JWT: its subject, the claims that the registry reads, and for the audit
 * record a little evidence. `kid` is the header's, of the key that verified it.
 *
 * @throws VendError `UNAUTHENTICATED` (`identity-unusable`) for a subject that is missing, over 1024
 *   characters, or holds control characters, and for an `exp` that is no instant;
 *   `too-many-claim-values` as {@link readClaim}, of what the registry reads alone.
 */
export function identityFromClaims(claims: unknown, issuer: Issuer, kid?: string): JwtIdentity {
  if (!isRecord(claims)) throw unusable();
  const { sub: subject, exp, jti } = claims;
  const expiresAt = new Date(typeof exp === 'number' ? exp * 1000 : Number.NaN);
  if (!isSubject(subject) || Number.isNaN(expiresAt.getTime())) throw unusable();
  return {
    kind: 'jwt',
    issuer: issuer.url,
    subject,
    claims: claimsOf(claims, issuer.claimKeys),
    expiresAt,
    evidence: evidenceOf({ kid, jti }, auditClaimsOf(claims, issuer.auditClaims)),
  };
}

/** The evidence, with identifiers cut to what an audit record holds and left out if they are no text. */
export function evidenceOf(
  ids: { readonly kid: unknown; readonly jti: unknown },
  auditClaims: Readonly<Record<string, string>>,
): JwtEvidence {
  return {
    ...(typeof ids.kid === 'string' ? { kid: bounded(ids.kid) } : {}),
    ...(typeof ids.jti === 'string' ? { jti: bounded(ids.jti) } : {}),
    auditClaims,
  };
}

function claimsOf(claims: unknown, keys: readonly string[]): ReadonlyMap<string, ClaimValue> {
  const kept = new Map<string, ClaimValue>();
  for (const key of keys) {
    const value = readClaim(claims, key);
    if (value !== undefined) kept.set(key, value);
  }
  return kept;
}

function auditClaimsOf(claims: unknown, keys: readonly string[]): Record<string, string> {
  const kept = new Map<string, string>();
  for (const key of keys) {
    const value = readClaim(claims, key);
    if (value !== undefined && typeof value !== 'object') kept.set(key, bounded(String(value)));
  }
  // Defines members, where an assignment to `__proto__` would set the prototype.
  return Object.fromEntries(kept);
}

const unusable = (): VendError => new VendError('UNAUTHENTICATED', 'identity-unusable');
