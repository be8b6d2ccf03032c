import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type QueryParameter, uriEncode } from './sigv4-text.ts';

/** The middle of `X-Amz-Credential`: what a signing key is good for. */
export interface CredentialScope {
  /** `yyyymmdd` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** A request as SigV4 looks at it. */
export interface CanonicalParts {
  readonly method: string;
  /** Already in canonical form (`canonicalPath`). */
  readonly path: string;
  /** Decoded names and values, in any order. */
  readonly query: readonly QueryParameter[];
  /** The signed headers in the order of `SignedHeaders`: lower-case names, values as received. */
  readonly headers: readonly QueryParameter[];
  /** Lower-case hex of the body's SHA-256. */
  readonly payloadHash: string;
}

/**
 * Recomputes a signature from first principles (IAM User Guide, "Create a signed AWS API request"):
 * `node:crypto` alone, so that no SDK is compared with itself. Lower-case hex.
 */
export function signatureOf(
  parts: CanonicalParts,
  amzDate: string,
  scope: CredentialScope,
  secretAccessKey: string,
): string {
  const { date, region, service } = scope;
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    amzDate,
    `${date}/${region}/${service}/aws4_request`,
    sha256Hex(canonicalRequest(parts)),
  ].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce(
    (secret: string | Buffer, text) => hmac(secret, text),
    `AWS4${secretAccessKey}`,
  );
  return hmac(key, stringToSign).toString('hex');
}

/** Compares without telling by its duration how much of a guess was right. */
export function sameSecret(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Lower-case hex, the form in which SigV4 puts every hash. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function canonicalRequest({ method, path, query, headers, payloadHash }: CanonicalParts): string {
  const headerLines = headers.map(
    ([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}\n`,
  );
  return [
    method,
    path,
    canonicalQuery(query),
    headerLines.join(''),
    headers.map(([name]) => name).join(';'),
    payloadHash,
  ].join('\n');
}

/** Sorted by encoded name, then by encoded value; by code unit, as all of it is ASCII. */
function canonicalQuery(query: readonly QueryParameter[]): string {
  return query
    .map(([name, value]): QueryParameter => [uriEncode(name), uriEncode(value)])
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
