import { bounded } from './audit.ts';
import { isClaimValue, isRecord, maxClaimLength, readClaim } from './claim-values.ts';
import { VendError } from './errors.ts';
import type { JwtIdentity } from './identity.ts';
import type { ClaimValue, Issuer } from './registry/model.ts';

/**
 * What tokenvend keeps of a verified JWT: the claims that the registry reads, and a little evidence.
 * `kid` is the key that verified it, if it named one.
 *
 * @throws VendError `UNAUTHENTICATED` (`identity-unusable`) for a subject that is missing, longer
 *   than 1024 characters, or holds control characters or broken surrogates, and for an impossible `exp`.
 */
export function identityFromClaims(claims: unknown, issuer: Issuer, kid?: string): JwtIdentity {
  if (!isRecord(claims)) throw unusable();
  const { sub, exp, jti } = claims;
  const expiresAt = typeof exp === 'number' ? instantOf(exp * 1000) : undefined;
  if (!isSubject(sub) || expiresAt === undefined) throw unusable();
  return {
    kind: 'jwt',
    issuer: issuer.url,
    subject: sub,
    claims: new Map(issuer.claimKeys.flatMap((key) => entryOf(key, readClaim(claims, key)))),
    expiresAt,
    evidence: {
      ...textOf('kid', kid),
      ...textOf('jti', jti),
      auditClaims: auditClaimsOf(claims, issuer.auditClaims),
    },
  };
}

/**
 * An API Gateway authorizer's context holds flat values only, so the identity travels as one JSON
 * text. With the policy around it, it has to stay well under what an authorizer may answer.
 */
const maxEncodedBytes = 6 * 1024;

/**
 * The identity as the authorizer hands it on.
 *
 * @throws VendError `UNAUTHENTICATED` (`identity-unusable`) where it would be over 6 KiB: handing on
 *   a part would decide on half an identity.
 */
export function encodeIdentity(identity: JwtIdentity): string {
  const { issuer, subject, claims, expiresAt, evidence } = identity;
  const expiresAtMs = expiresAt.getTime();
  const text = JSON.stringify({ issuer, subject, claims: [...claims], expiresAtMs, ...evidence });
  if (Buffer.byteLength(text) > maxEncodedBytes) throw unusable();
  return text;
}

/**
 * The inverse of {@link encodeIdentity}; accepts exactly what that writes.
 *
 * @throws VendError `UNAUTHENTICATED` (`identity-unusable`) for anything else.
 */
export function decodeIdentity(text: string): JwtIdentity {
  const wire = Buffer.byteLength(text) > maxEncodedBytes ? undefined : parsed(text);
  if (!isWireIdentity(wire)) throw unusable();
  const { issuer, subject, expiresAtMs, kid, jti, auditClaims } = wire;
  const [claims, expiresAt] = [new Map(wire.claims), instantOf(expiresAtMs)];
  if (expiresAt === undefined || claims.size !== wire.claims.length) throw unusable();
  const evidence = { ...textOf('kid', kid), ...textOf('jti', jti), auditClaims };
  return { kind: 'jwt', issuer, subject, claims, expiresAt, evidence };
}

interface WireIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: readonly (readonly [string, ClaimValue])[];
  readonly expiresAtMs: number;
  readonly kid?: string;
  readonly jti?: string;
  readonly auditClaims: Readonly<Record<string, string>>;
}

const wireChecks: Record<keyof WireIdentity, (value: unknown) => boolean> = {
  issuer: (value) => isText(value) && value !== '',
  subject: isSubject,
  claims: (value) => Array.isArray(value) && value.every(isClaimEntry),
  expiresAtMs: Number.isSafeInteger,
  kid: (value) => value === undefined || isText(value),
  jti: (value) => value === undefined || isText(value),
  auditClaims: (value) => isRecord(value) && Object.values(value).every(isText),
};

function isWireIdentity(value: unknown): value is WireIdentity {
  return (
    isRecord(value) &&
    Object.keys(value).every((key) => Object.hasOwn(wireChecks, key)) &&
    Object.entries(wireChecks).every(([key, holds]) => holds(value[key]))
  );
}

function isClaimEntry(entry: unknown): boolean {
  return Array.isArray(entry) && entry.length === 2 && isText(entry[0]) && isClaimValue(entry[1]);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Control characters, and halves of surrogate pairs, of which two may become the same UTF-8. */
const unfit = /[\p{Cc}\p{Cs}]/u;

function isSubject(value: unknown): value is string {
  return isText(value) && value !== '' && value.length <= maxClaimLength && !unfit.test(value);
}

/** `undefined` beyond the range of `Date`: an invalid date would compare as never expired. */
function instantOf(epochMs: number): Date | undefined {
  const instant = new Date(epochMs);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

function auditClaimsOf(claims: unknown, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = readClaim(claims, key);
      return typeof value === 'object' ? [] : entryOf(key, bounded(value?.toString()));
    }),
  );
}

function entryOf<T>(key: string, value: T | undefined): [string, T][] {
  return value === undefined ? [] : [[key, value]];
}

function textOf(name: 'kid' | 'jti', value: unknown): Partial<Record<'kid' | 'jti', string>> {
  const text = isText(value) ? bounded(value) : undefined;
  return text === undefined ? {} : { [name]: text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unusable = (): VendError => new VendError('UNAUTHENTICATED', 'identity-unusable');
