import { VendError } from './errors.ts';
import { isRecord } from './registry/guards.ts';
import type { ClaimScalar, ClaimValue } from './registry/model.ts';

/**
 * Reads one claim of a verified JWT in the way a registry key names it: by name, or by JSON Pointer
 * (RFC 6901) where the key starts with `/`. `undefined` for a value that no rule could match: an
 * object, `null`, a number that is no safe integer (2^53 and 2^53 + 1 would compare equal), a
 * string beyond its bound. A missing claim satisfies nothing, so leaving out is safe.
 *
 * @throws VendError `UNAUTHENTICATED` (`too-many-claim-values`) for an array of more than 64: left out
 *   without a word, it would look like a caller of no team.
 */
export function readClaim(claims: unknown, key: string): ClaimValue | undefined {
  const names = key.startsWith('/') ? pointerNames(key) : [key];
  const found = names.reduce<unknown>(ownMember, claims);
  if (Array.isArray(found) && found.length > maxElements) {
    throw new VendError('UNAUTHENTICATED', 'too-many-claim-values');
  }
  return isClaimValue(found) ? found : undefined;
}

/** Longest string that a rule can match, the subject included; in UTF-16 code units. */
const maxTextLength = 1024;

/** Longest array: a caller is looked up under each element, and at most 90 keys (`member-keys.ts`). */
const maxElements = 64;

export function isClaimValue(value: unknown): value is ClaimValue {
  return Array.isArray(value)
    ? value.length <= maxElements && value.every(isClaimScalar)
    : isClaimScalar(value);
}

function isClaimScalar(value: unknown): value is ClaimScalar {
  if (typeof value === 'string') return value.length <= maxTextLength;
  return typeof value === 'boolean' || Number.isSafeInteger(value);
}

/** Control characters, and halves of surrogate pairs, of which two may become the same UTF-8. */
const unfitForSubject = /[\p{Cc}\p{Cs}]/u;

/** Whether `value` can name a principal: 1 to 1024 characters, without control characters. */
export function isSubject(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= maxTextLength &&
    !unfitForSubject.test(value)
  );
}

/** The order matters: `~01` stands for `~1`, not for `/` (RFC 6901 section 4). */
function pointerNames(pointer: string): string[] {
  return pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** An array index has no leading zeros (RFC 6901 section 4), and `length` is not one. */
const arrayIndex = /^(?:0|[1-9]\d*)$/;

/** Own members only: every object inherits a `constructor`, for which no issuer has vouched. */
function ownMember(parent: unknown, name: string): unknown {
  if (Array.isArray(parent)) return arrayIndex.test(name) ? parent[Number(name)] : undefined;
  return isRecord(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined;
}
