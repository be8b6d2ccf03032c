import { access } from 'node:fs/promises';
import { ClientError, type ClientErrorReason } from '../api-client/client-error.ts';
import type { ConnectionOptions } from '../api-client/connections.ts';
import { githubActions } from './github-actions.ts';
import type { IdentitySource } from './identity-source.ts';
import { tokenCommand } from './token-command.ts';
import { mountedTokenPath, tokenFile } from './token-file.ts';
import { tokenVariable, tokenVariableName } from './token-variable.ts';

/** Where to look. Empty text counts as not set: CI systems set what they cannot fill. */
export interface IdentitySettings extends Pick<ConnectionOptions, 'clock' | 'httpsAgent'> {
  /** `--identity-token-file`. */
  readonly tokenFile?: string | undefined;
  /** `--identity-command`. */
  readonly tokenCommand?: string | undefined;
  /** What one attempt at the API may take, the identity included; milliseconds. */
  readonly attemptMs?: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The `aud` of this deployment: `GET /v1/config`. */
  readonly audience: () => Promise<string>;
  /** The session that signing in left behind; the last resort. Absent where nobody signs in. */
  readonly savedSession?: (() => Promise<IdentitySource | undefined>) | undefined;
  /** In place of `/var/run/secrets/tokenvend/token`. */
  readonly mountedPath?: string | undefined;
}

/** Finds the identity to use now; the first place in the contract's order that has one wins. */
export type FindIdentity = () => Promise<IdentitySource>;

/**
 * The order in which the identity is looked for. What was named explicitly is never passed over, even
 * if it cannot be read: falling back would ask as somebody else.
 *
 * Finding rejects with `ClientError` `identity-missing`, or what a CI job has to be given to have one.
 */
export function createFindIdentity(settings: IdentitySettings): FindIdentity {
  const { env, savedSession, mountedPath = mountedTokenPath } = settings;
  const named = namedSource(settings);
  const github = githubSource(settings);
  return async () => {
    const found =
      named ??
      (env[tokenVariableName] ? tokenVariable(env[tokenVariableName]) : undefined) ??
      github ??
      ((await exists(mountedPath)) ? tokenFile(mountedPath, 'mounted') : undefined) ??
      (await savedSession?.());
    if (found === undefined) throw new ClientError(missingReason(env));
    return found;
  };
}

/** A person's way in is none for a job: what it lacks stands in its own file. */
function missingReason(env: IdentitySettings['env']): ClientErrorReason {
  if (env.GITHUB_ACTIONS === 'true') return 'github-job-without-identity';
  return env.GITLAB_CI ? 'gitlab-job-without-identity' : 'identity-missing';
}

/** The identity as the API client asks for it. */
export function identityReader(find: FindIdentity): () => Promise<string> {
  return async () => (await find()).read();
}

function namedSource(settings: IdentitySettings): IdentitySource | undefined {
  if (settings.tokenFile) return tokenFile(settings.tokenFile, '--identity-token-file');
  const { tokenCommand: command, attemptMs } = settings;
  return command ? tokenCommand(command, { attemptMs }) : undefined;
}

function githubSource(settings: IdentitySettings): IdentitySource | undefined {
  const { env, audience, clock, attemptMs, httpsAgent } = settings;
  const requestUrl = env.ACTIONS_ID_TOKEN_REQUEST_URL;
  if (!requestUrl) return undefined;
  const requestToken = env.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  return githubActions({ requestUrl, requestToken, audience, clock, attemptMs, httpsAgent });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    // A file that is there and may not be read is to be reported, not passed over.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}
