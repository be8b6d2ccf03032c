import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { apiUrl } from '../../api-client/api-url.ts';

/** What decides where sessions are kept. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/**
 * The addresses that a session is for, in a form that can be compared: an identity must never reach an
 * API that its owner did not sign in to, whatever TOKENVEND_API_URL has become since.
 *
 * @throws ClientError `url-invalid`.
 */
export function boundUrls(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.map((url) => apiUrl(url).href))].sort();
}

/**
 * The folder for sessions: `XDG_STATE_HOME` (XDG Base Directory Specification) where it is set, else
 * where the system keeps what is neither configuration nor cache. `undefined` where there is no home.
 */
export function sessionFolder({ env, platform }: Surroundings): string | undefined {
  const home = absolute(platform === 'win32' ? env.USERPROFILE : env.HOME);
  const state = absolute(env.XDG_STATE_HOME) ?? systemPlace(platform, home, env);
  return state === undefined ? undefined : join(state, 'tokenvend');
}

function systemPlace(
  platform: NodeJS.Platform,
  home: string | undefined,
  env: Surroundings['env'],
): string | undefined {
  if (platform === 'win32') return absolute(env.LOCALAPPDATA);
  if (home === undefined) return undefined;
  return platform === 'darwin'
    ? join(home, 'Library', 'Application Support')
    : join(home, '.local', 'state');
}

/** The file's name, of the addresses that the session is for. */
export function sessionFileName(apiUrls: readonly string[]): string {
  const hash = createHash('sha256').update(apiUrls.join('\n')).digest('hex');
  return `session-${hash.slice(0, 16)}.json`;
}

function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
