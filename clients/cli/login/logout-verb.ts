import type { Command } from 'commander';
import { tokenRevocation } from 'openid-client';
import { type ApiPlaceOptions, addApiUrlOption } from '../api-options.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { addManual } from '../manual.ts';
import { apiUrlsOf } from '../open-api.ts';
import { findProvider, type ProviderReach } from './provider.ts';
import type { Session } from './session.ts';
import { sessionStore } from './session-store.ts';

/** `tokenvend logout`: forgets the session, here and at the provider. */
export function defineLogoutVerb(command: Command, context: CommandContext): void {
  addManual(addApiUrlOption(command), {
    notes: ['Tokens that were vended before stay good until they expire, 15 minutes at most.'],
    examples: [['end the session of this API', 'logout']],
  });
  command.action((options: Pick<ApiPlaceOptions, 'apiUrl'>) => logout(options, context));
}

/** The file goes first: whatever becomes of the provider, this machine is signed out. */
async function logout(
  options: Pick<ApiPlaceOptions, 'apiUrl'>,
  context: CommandContext,
): Promise<void> {
  const { env, out, err } = context;
  const store = sessionStore(apiUrlsOf(options), { env, platform: process.platform });
  if (store === undefined) throw usageError('There is no HOME that a session could be in.');
  const session = await store.read();
  const wasThere = await store.remove();
  out(wasThere ? 'Signed out.\n' : 'You were not signed in.\n');
  if (typeof session !== 'string' && !(await isRevoked(session, context))) {
    err('The provider was not told (it did not answer): end the session there as well.\n');
  }
}

/**
 * Whether nothing is left to revoke (RFC 7009): JWTs cannot be taken back, so it is the refresh token,
 * at providers that offer it.
 */
async function isRevoked(session: Session, reach: ProviderReach): Promise<boolean> {
  if (session.refreshToken === undefined) return true;
  try {
    const provider = await findProvider(session, reach);
    if (provider.serverMetadata().revocation_endpoint === undefined) return true;
    await tokenRevocation(provider, session.refreshToken, { token_type_hint: 'refresh_token' });
    return true;
  } catch {
    return false;
  }
}
