import type { Command } from 'commander';
import type { ApiPlaceOptions } from '../api-options.ts';
import { usageError } from '../cli-error.ts';
import { hasBrowser } from './open-browser.ts';
import type { TokenKind, Wish } from './session.ts';
import type { Surroundings } from './session-place.ts';

/** The flags of `login`. */
export interface LoginOptions extends ApiPlaceOptions {
  readonly device?: true;
  readonly browser?: true;
  readonly tokenKind: string;
  readonly scope?: string;
  readonly resource?: string;
  readonly prompt?: string;
  readonly redirectPort: string;
  readonly signInSeconds: string;
}

/** Adds the flags of `login` that are not those of other verbs. */
export function addLoginOptions(command: Command): Command {
  return command
    .option(
      '--device',
      'sign in by a code, with a browser anywhere; the default where there is none',
    )
    .option('--browser', 'sign in with a browser on this machine')
    .option('--token-kind <kind>', 'what the API is sent: an id token, or an access token', 'id')
    .option('--scope <scopes>', "separated by spaces; openid, and offline_access if it's offered")
    .option(
      '--resource <uri>',
      'with --token-kind access, what it is for; the API’s audience if not said, none for no resource',
    )
    .option('--prompt <prompt>', 'with a browser, what the provider is to ask: login, consent …')
    .option('--redirect-port <port>', 'a fixed one, for providers that compare it; 0 is any', '0')
    .option('--sign-in-seconds <number>', 'how long to wait for you', '300');
}

/** Whether to sign in by a code. @throws CliError for both ways at once. */
export function isByDevice(options: LoginOptions, surroundings: Surroundings): boolean {
  const { device = false, browser = false } = options;
  if (device && browser) throw usageError('Give --device or --browser, not both.');
  return device || (!browser && !hasBrowser(surroundings));
}

/**
 * What to ask the provider for. Without `offline_access` (OpenID Connect Core section 11) there is a
 * sign-in every hour, but providers that do not list it refuse it.
 *
 * @throws CliError
 */
export function wishOf(
  { tokenKind, scope, resource }: LoginOptions,
  about: { readonly audience: string; readonly scopesOffered: readonly string[] | undefined },
): Wish {
  if (!isTokenKind(tokenKind)) throw usageError('--token-kind takes id or access.');
  const isOffline = about.scopesOffered?.includes('offline_access') ?? true;
  const wish = { tokenKind, scope: scope ?? (isOffline ? 'openid offline_access' : 'openid') };
  if (tokenKind === 'id' || resource === 'none') return wish;
  return { ...wish, resource: resource ?? about.audience };
}

const isTokenKind = (text: string): text is TokenKind => text === 'id' || text === 'access';
