import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode } from '../../core/errors.ts';

/** Why a request is refused before anything of it is acted upon. */
export type RefusalReason =
  | 'host'
  | 'browser-or-proxy'
  | 'method'
  | 'body'
  | 'token-missing'
  | 'token-wrong';

export interface Refusal {
  readonly code: ErrorCode;
  readonly reason: RefusalReason;
}

/** The parts of a request that decide whether it is let in. */
export interface Arrival {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Sent by browsers or proxies, never by code that calls its own machine. The local server is reached
 * through them when a page rebinds a name to 127.0.0.1, or a function forwards what its callers ask for.
 */
const foreignHeaders = [
  'origin',
  'referer',
  'sec-fetch-site',
  'x-forwarded-for',
  'x-forwarded-host',
  'forwarded',
  'via',
] as const;

/**
 * Lets only requests in that this machine's own code makes for this port. A server-side request forgery
 * can rarely set headers and a browser sets too many; both can send a GET to any address.
 */
export function checkArrival({ method, headers }: Arrival, port: number): Refusal | undefined {
  const { host } = headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return invalid('host');
  if (foreignHeaders.some((name) => headers[name] !== undefined))
    return invalid('browser-or-proxy');
  if (method !== 'GET' && method !== 'HEAD') return invalid('method');
  // What a GET carries is ignored by some and taken for the next request by others.
  const hasBody = headers['transfer-encoding'] !== undefined || !isEmpty(headers['content-length']);
  return hasBody ? invalid('body') : undefined;
}

/**
 * Checks the token that only this function's processes know. Hashes are compared, so that neither the
 * time it takes nor an error tells anything about its length or beginning.
 */
export function createTokenCheck(
  expected: string,
): (headers: IncomingHttpHeaders) => Refusal | undefined {
  // With the first request: node:crypto takes three milliseconds to load.
  let expectedHash: Buffer | undefined;
  return (headers) => {
    const claimed = headers['x-tokenvend-token'] ?? headers['x-aws-parameters-secrets-token'];
    if (claimed === undefined) return { code: 'UNAUTHENTICATED', reason: 'token-missing' };
    expectedHash ??= sha256(expected);
    const isSame = typeof claimed === 'string' && timingSafeEqual(sha256(claimed), expectedHash);
    return isSame ? undefined : { code: 'UNAUTHENTICATED', reason: 'token-wrong' };
  };
}

const invalid = (reason: RefusalReason): Refusal => ({ code: 'INVALID_REQUEST', reason });

const isEmpty = (length: string | undefined): boolean => length === undefined || length === '0';

/**
 * In one call, and as text: a hash object, or bytes outside the heap, cost each read of a token from
 * memory more than the hashing does, most of it when they are collected.
 */
function sha256(text: string): Buffer {
  return Buffer.from(hash('sha256', text, 'hex'));
}
