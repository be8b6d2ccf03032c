import type { TokenParts } from '../../core/token.ts';
import type { KnownKeys } from './access-key.ts';
import { maxSkewMs } from './sigv4.ts';
import { type KeyRefusal, type Verification, verifyKey } from './sigv4-key.ts';
import { sha256Hex, signatureOf } from './sigv4-signature.ts';
import { readQuery, uriEncode } from './sigv4-text.ts';

/** Why a presigned query is not accepted. */
export type PresignedRefusal = 'malformed' | 'expired' | 'not-yet-valid' | KeyRefusal;

/**
 * Verifies the signature that an RDS token consists of: a presigned GET for the service `rds-db`.
 *
 * `parts` must be what `parseToken` read from `token`. The signature is recomputed over the text of
 * the token and not over the parts, so that nothing a parser tolerates slips through.
 */
export function verifyPresigned(
  token: string,
  parts: TokenParts,
  { now, keys }: { readonly now: Date; readonly keys: KnownKeys },
): Verification<PresignedRefusal> {
  const { signedAt, expiresInSeconds } = parts;
  if (!isStrictlyEncoded(token) || !(expiresInSeconds >= 1 && expiresInSeconds <= maxExpires)) {
    return { ok: false, reason: 'malformed' };
  }
  const age = now.getTime() - signedAt.getTime();
  if (age < -maxSkewMs) return { ok: false, reason: 'not-yet-valid' };
  if (age >= expiresInSeconds * 1000) return { ok: false, reason: 'expired' };
  return verifyKey(
    { keys, now },
    {
      accessKeyId: parts.accessKeyId,
      sessionToken: parts.sessionToken,
      signature: parts.signature,
      recompute: (secret) => presignedSignature(token, parts.region, secret),
    },
  );
}

/** Recomputes the signature of a token `host:port/?…`, whose only signed header is `host`. */
export function presignedSignature(token: string, region: string, secretAccessKey: string): string {
  const [authority, queryText] = splitToken(token);
  const query = readQuery(queryText) ?? [];
  const amzDate = query.find(([name]) => name === 'X-Amz-Date')?.[1] ?? '';
  return signatureOf(
    {
      method: 'GET',
      path: '/',
      query: query.filter(([name]) => name !== 'X-Amz-Signature'),
      headers: [['host', authority]],
      payloadHash: sha256Hex(''),
    },
    amzDate,
    { date: amzDate.slice(0, 8), region, service: 'rds-db' },
    secretAccessKey,
  );
}

/** RDS refuses a token that claims to live longer than 15 minutes. */
const maxExpires = 900;

/**
 * Whether every parameter is percent-encoded as all signers do it. Otherwise one token could be
 * written in many ways (`%2F`, `%2f`, or `/`), all with the same signature.
 */
function isStrictlyEncoded(token: string): boolean {
  const [, text] = splitToken(token);
  const again = readQuery(text)?.map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`);
  return again?.join('&') === text;
}

/** At the first `/?` only: a second one is part of some value, and signed with it. */
function splitToken(token: string): readonly [authority: string, query: string] {
  const at = token.indexOf('/?');
  return at < 0 ? [token, ''] : [token.slice(0, at), token.slice(at + 2)];
}
