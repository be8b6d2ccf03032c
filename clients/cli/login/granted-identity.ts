import type { TokenEndpointResponse } from 'openid-client';
import { parseFields } from '../../api-client/fields.ts';
import { jwtFacts } from '../doctor/jwt-facts.ts';
import type { TokenKind } from './session.ts';
import { SignInError } from './sign-in-failure.ts';

/** The part of a provider's answer that is kept. */
export interface GrantedIdentity {
  readonly identity: string;
  readonly expiresAt: Date;
  readonly refreshToken?: string;
}

/**
 * Takes the identity out of a provider's answer. openid-client has compared issuer, audience and times
 * of an ID token; an access token is anything at all to OAuth, and has to be a JWT for this API here.
 *
 * @throws SignInError `no-token`, `not-for-us`.
 */
export function grantedIdentity(
  answer: TokenEndpointResponse,
  { tokenKind, audience }: { readonly tokenKind: TokenKind; readonly audience: string },
): GrantedIdentity {
  const identity = tokenKind === 'id' ? answer.id_token : answer.access_token;
  if (identity === undefined) throw new SignInError('no-token');
  const facts = jwtFacts(identity);
  if (facts === undefined || (tokenKind === 'access' && !facts.audiences.includes(audience))) {
    throw new SignInError('not-for-us');
  }
  const { refresh_token: refreshToken } = answer;
  return {
    identity,
    expiresAt: facts.expiresAt,
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}

/** The `sub` of a JWT that is known to be one, unverified. */
export function subjectOf(jwt: string): string | undefined {
  try {
    const [, payload = ''] = jwt.split('.');
    return parseFields(Buffer.from(payload, 'base64url').toString('utf8')).text('sub');
  } catch {
    return undefined;
  }
}
