import { refreshTokenGrant } from 'openid-client';
import { grantedIdentity, subjectOf } from './granted-identity.ts';
import { findProvider, type ProviderReach } from './provider.ts';
import type { Renewal } from './saved-session.ts';
import type { Session } from './session.ts';
import { SignInError, withProvider } from './sign-in-failure.ts';

/**
 * Asks the provider for a new identity (RFC 6749 section 6). Never rejects.
 *
 * A provider may leave out the ID token (OpenID Connect Core section 12.2): where that is what the
 * session is for, it has ended. So it has where the new identity is somebody else's.
 */
export async function renewSession(session: Session, reach: ProviderReach): Promise<Renewal> {
  const { refreshToken } = session;
  if (refreshToken === undefined) return 'ended';
  try {
    const answer = await withProvider(async () => {
      const provider = await findProvider(session, reach);
      return refreshTokenGrant(provider, refreshToken, resourceIn(session));
    });
    const granted = grantedIdentity(answer, session);
    const isSamePerson = subjectOf(granted.identity) === subjectOf(session.identity);
    return isSamePerson ? { ...session, ...granted } : 'ended';
  } catch (error) {
    const isSilent = error instanceof SignInError && isPassing[error.failure];
    return isSilent ? 'unreachable' : 'ended';
  }
}

/** Without it the new access token may be for anything that was consented to (RFC 8707 section 2.2). */
function resourceIn({ resource }: Session): Record<string, string> {
  return resource === undefined ? {} : { resource };
}

/** Which failures say nothing about the session itself. */
const isPassing = {
  cancelled: false,
  late: true,
  'grant-ended': false,
  unreachable: true,
  proxy: true,
  'client-refused': false,
  'not-understood': true,
  'no-token': false,
  'not-for-us': false,
} as const satisfies Record<SignInError['failure'], boolean>;
