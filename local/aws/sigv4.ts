import type { KnownKeys } from './access-key.ts';
import { type AuthorizationClaim, readAuthorization } from './sigv4-authorization.ts';
import { type KeyRefusal, type Verification, verifyKey } from './sigv4-key.ts';
import { type CanonicalParts, sha256Hex, signatureOf } from './sigv4-signature.ts';
import { canonicalPath, type QueryParameter, readAmzDate, readQuery } from './sigv4-text.ts';

/** An HTTP request as it came off the socket. `IncomingMessage` has the first three. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as on the request line. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** What a signature must have been made for, and whose keys are known. */
export interface Expectation {
  readonly service: 'sts' | 'execute-api';
  readonly region: string;
  readonly now: Date;
  readonly keys: KnownKeys;
}

/** Why a signed request is not accepted; for logs and for the choice of an error code. */
export type SignatureRefusal =
  | 'unsigned'
  | 'malformed'
  | 'wrong-scope'
  | 'header-not-signed'
  | 'skewed'
  | 'wrong-payload'
  | KeyRefusal;

/**
 * Verifies a request signed in its `Authorization` header, as AWS does in front of STS and of an API
 * with AWS_IAM. The body is always hashed: `UNSIGNED-PAYLOAD` belongs to S3.
 */
export function verifyRequest(
  request: SignedRequest,
  expected: Expectation,
): Verification<SignatureRefusal> {
  const header = headerOf(request, 'authorization');
  if (header === undefined) return { ok: false, reason: 'unsigned' };
  const claim = readAuthorization(header);
  const amzDate = headerOf(request, 'x-amz-date') ?? '';
  const query = readQuery(queryOf(request.url));
  if (claim === undefined || query === undefined) return { ok: false, reason: 'malformed' };
  const reason =
    headerRefusal(claim, request) ??
    scopeRefusal(claim, amzDate, expected) ??
    dateRefusal(amzDate, expected.now) ??
    payloadRefusal(request);
  if (reason !== undefined) return { ok: false, reason };
  return verifyKey(expected, {
    accessKeyId: claim.accessKeyId,
    sessionToken: headerOf(request, 'x-amz-security-token'),
    signature: claim.signature,
    recompute: (secret) =>
      signatureOf(canonicalParts(request, claim.signedHeaders, query), amzDate, claim, secret),
  });
}

/** AWS accepts five minutes of clock difference (IAM User Guide, "Troubleshoot Signature Version 4"). */
export const maxSkewMs = 300_000;

/**
 * Signed must be the host, so that a request cannot be replayed elsewhere, and every `x-amz-` header
 * there is. What is listed as signed must be there: absent and empty would look the same.
 */
function headerRefusal(
  { signedHeaders }: AuthorizationClaim,
  request: SignedRequest,
): SignatureRefusal | undefined {
  const amzHeaders = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  const required = ['host', 'x-amz-date', ...amzHeaders];
  const complete =
    required.every((name) => signedHeaders.includes(name)) &&
    signedHeaders.every((name) => headerOf(request, name) !== undefined);
  return complete ? undefined : 'header-not-signed';
}

function scopeRefusal(
  claim: AuthorizationClaim,
  amzDate: string,
  { region, service }: Expectation,
): SignatureRefusal | undefined {
  const matches =
    claim.region === region && claim.service === service && amzDate.startsWith(claim.date);
  return matches ? undefined : 'wrong-scope';
}

function dateRefusal(amzDate: string, now: Date): SignatureRefusal | undefined {
  const signedAt = readAmzDate(amzDate);
  if (signedAt === undefined) return 'malformed';
  return Math.abs(now.getTime() - signedAt.getTime()) > maxSkewMs ? 'skewed' : undefined;
}

function payloadRefusal(request: SignedRequest): SignatureRefusal | undefined {
  const declared = headerOf(request, 'x-amz-content-sha256');
  return declared === undefined || declared === sha256Hex(request.body)
    ? undefined
    : 'wrong-payload';
}

function canonicalParts(
  request: SignedRequest,
  signedHeaders: readonly string[],
  query: readonly QueryParameter[],
): CanonicalParts {
  const [path = ''] = request.url.split('?', 1);
  return {
    method: request.method,
    path: canonicalPath(path),
    query,
    headers: signedHeaders.map((name) => [name, headerOf(request, name) ?? ''] as const),
    payloadHash: sha256Hex(request.body),
  };
}

function headerOf({ headers }: SignedRequest, name: string): string | undefined {
  const value = headers[name];
  return value === undefined || typeof value === 'string' ? value : value.join(',');
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}
