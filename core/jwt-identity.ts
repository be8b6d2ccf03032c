import { isClaimValue, isSubject } from './claim-values.ts';
import { VendError } from './errors.ts';
import type { JwtIdentity } from './identity.ts';
import { evidenceOf } from './identity-from-claims.ts';
import { parseJson } from './json-text.ts';
import { isRecord } from './registry/guards.ts';
import type { ClaimValue } from './registry/model.ts';

/**
 * An API Gateway authorizer's context holds flat values only, so the identity travels as one JSON
 * text. Bytes; leaves room for the policy beside it and for the answer's own bounds.
 */
const maxEncodedBytes = 6 * 1024;

/**
 * The identity as the authorizer hands it on to the functions behind the API.
 *
 * @throws VendError `UNAUTHENTICATED` (`identity-unusable`) where it would be over 6 KiB: handing on
 *   a part of it would decide on half an identity.
 */
export function encodeIdentity(identity: JwtIdentity): string {
  const { issuer, subject, claims, expiresAt, evidence } = identity;
  const expiresAtMs = expiresAt.getTime();
  const text = JSON.stringify({ issuer, subject, claims: [...claims], expiresAtMs, ...evidence });
  if (Buffer.byteLength(text) > maxEncodedBytes) throw unusable();
  return text;
}

/**
 * The inverse of {@link encodeIdentity}, for text that has come through API Gateway.
 *
 * @throws VendError `UNAUTHENTICATED` (`identity-unusable`) for anything that the authorizer would not
 *   have written: members missing, unknown, repeated or of another type.
 */
export function decodeIdentity(text: string): JwtIdentity {
  const wire = Buffer.byteLength(text) > maxEncodedBytes ? undefined : parseJson(text);
  if (!isWireIdentity(wire)) throw unusable();
  return {
    kind: 'jwt',
    issuer: wire.issuer,
    subject: wire.subject,
    claims: new Map(wire.claims),
    expiresAt: new Date(wire.expiresAtMs),
    evidence: evidenceOf({ kid: wire.kid, jti: wire.jti }, wire.auditClaims),
  };
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

const checks: Record<keyof WireIdentity, (value: unknown) => boolean> = {
  issuer: (value) => isText(value) && value !== '',
  subject: isSubject,
  claims: isClaimList,
  expiresAtMs: isInstant,
  kid: (value) => value === undefined || isText(value),
  jti: (value) => value === undefined || isText(value),
  auditClaims: (value) => isRecord(value) && Object.values(value).every(isText),
};

function isWireIdentity(value: unknown): value is WireIdentity {
  return (
    isRecord(value) &&
    Object.keys(value).every((member) => Object.hasOwn(checks, member)) &&
    Object.entries(checks).every(([member, holds]) => holds(value[member]))
  );
}

/** Pairs of a key and a value; a repeated key would let the last one win. */
function isClaimList(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const keys = new Set(
    value.map((entry: unknown) => (Array.isArray(entry) ? entry[0] : undefined)),
  );
  return keys.size === value.length && value.every(isClaimEntry);
}

function isClaimEntry(entry: unknown): boolean {
  return Array.isArray(entry) && entry.length === 2 && isText(entry[0]) && isClaimValue(entry[1]);
}

/** Within the range of `Date`: an invalid date would compare as never expired. */
function isInstant(value: unknown): boolean {
  return Number.isSafeInteger(value) && !Number.isNaN(new Date(Number(value)).getTime());
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

const unusable = (): VendError => new VendError('UNAUTHENTICATED', 'identity-unusable');
