import { errors } from 'jose';
import { VendError } from '../core/errors.ts';
import type { FailureReason } from '../core/reasons.ts';

/**
 * What to tell of a failed verification: only the reason. jose's own errors hold the claims
 * (`payload`, `cause`) and must not get any further than this.
 */
export function refusalOf(error: unknown): VendError {
  return error instanceof VendError ? error : new VendError('UNAUTHENTICATED', reasonOf(error));
}

function reasonOf(error: unknown): FailureReason {
  if (error instanceof errors.JWTExpired) {
    return error.claim === 'iat' ? 'jwt-too-old' : 'jwt-expired';
  }
  if (error instanceof errors.JWTClaimValidationFailed) return reasonOfClaim(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return 'jwt-algorithm';
  if (malformed.some((kind) => error instanceof kind)) return 'jwt-malformed';
  if (unusableKey.some((kind) => error instanceof kind)) return 'jwt-key-unknown';
  // Also what is no error of jose's: an RSA key under 2048 bits, key material that does not parse.
  return 'jwt-signature';
}

/** An extension that `crit` names and we do not know is `JOSENotSupported` (RFC 7515 section 4.1.11). */
const malformed = [errors.JWSInvalid, errors.JWTInvalid, errors.JOSENotSupported];

const unusableKey = [
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JWKSInvalid,
  errors.JWKInvalid,
];

function reasonOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): FailureReason {
  if (claim === 'aud') return 'jwt-audience';
  const isTime = claim === 'nbf' || claim === 'iat';
  return isTime && reason === 'check_failed' ? 'jwt-not-yet-valid' : 'jwt-claims';
}
