import { asClientError, ClientError, type ClientErrorReason } from './client-error.ts';
import type { OutgoingRequest } from './connections.ts';
import { type IamAuth, signRequest } from './sign-request.ts';

/** A caller with a JWT. */
export interface JwtAuth {
  readonly kind: 'jwt';
  /** Asked before every request and once more after a 401: files are rotated, and jobs get new tokens. */
  readonly identity: () => Promise<string>;
}

/** How the API is told who is asking. */
export type ApiAuth = JwtAuth | IamAuth;

/** The routes of each kind; the two answer the same (openapi.yaml). */
export const routesOf = { jwt: 'v1', iam: 'v1/iam' } as const satisfies Record<
  ApiAuth['kind'],
  string
>;

/**
 * The error of an attempt whose time went by while the identity was being read. The API was not even
 * called.
 */
export const lateReasonOf = {
  jwt: 'identity-late',
  iam: 'credentials-late',
} as const satisfies Record<ApiAuth['kind'], ClientErrorReason>;

/**
 * Adds to a request who is asking.
 *
 * @throws ClientError of kind `identity`, or `region-unknown`.
 */
export function authenticated(
  request: OutgoingRequest,
  auth: ApiAuth,
  now: Date,
): Promise<OutgoingRequest> {
  return auth.kind === 'jwt' ? withJwt(request, auth) : signRequest(request, auth, now);
}

/** Compact JWS (RFC 7515 section 3.1). Anything else could break out of the header. */
const compactJws = /^[\w-]+\.[\w-]+\.[\w-]+$/;

async function withJwt(request: OutgoingRequest, { identity }: JwtAuth): Promise<OutgoingRequest> {
  const jwt = (await readIdentity(identity)).trim();
  if (!compactJws.test(jwt)) throw new ClientError('identity-malformed');
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${jwt}` } };
}

async function readIdentity(identity: () => Promise<string>): Promise<string> {
  try {
    return await identity();
  } catch (error) {
    throw asClientError(error, 'identity-unreadable');
  }
}
