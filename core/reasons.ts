/**
 * Why a caller who is known was not given a token. Written to the audit record, never sent to the
 * client: `unknown-database` and `not-granted` must look the same from outside.
 */
export const denialReasons = [
  'unknown-database',
  'no-team',
  'not-granted',
  'choose-user',
  'choose-team',
  'member-expired',
  'grant-expired',
  'source-ip',
  'suspended',
] as const;
export type DenialReason = (typeof denialReasons)[number];

/** Why an attempt could not be completed, or the caller not be recognized. */
export const failureReasons = [
  // INVALID_REQUEST
  'body-unreadable',
  'body-too-large',
  'body-invalid',
  'query-invalid',
  'bundle-unknown',
  // UNAUTHENTICATED
  'identity-missing',
  'identity-expired',
  'identity-unusable',
  'too-many-claim-values',
  'principal-refused',
  'issuer-unknown',
  'issuer-suspended',
  'jwt-malformed',
  'jwt-algorithm',
  'jwt-signature',
  'jwt-key-unknown',
  'jwt-audience',
  'jwt-expired',
  'jwt-not-yet-valid',
  'jwt-claims',
  'jwt-too-old',
  'jwt-lifetime',
  // THROTTLED
  'caller-throttled',
  'sts-throttled',
  // UPSTREAM_UNAVAILABLE
  'sts-unavailable',
  'sts-answer-invalid',
  'own-credentials-refused',
  'registry-unavailable',
  'issuer-unreachable',
  'audit-unwritable',
  'out-of-time',
  // INTERNAL
  'ca-bundle-missing',
  'role-not-assumable',
  'session-request-invalid',
  'forged-event',
  'unexpected',
] as const;
export type FailureReason = (typeof failureReasons)[number];

/** What a denied caller may be told about its own standing (`hint` of the problem body). */
export type Hint = 'no-team' | 'choose-team' | 'choose-user' | 'grant-not-in-force';
