import { isLoopback } from '../../core/loopback.ts';
import { ClientError, isOfProxy } from '../api-client/client-error.ts';
import { type ConnectionOptions, createConnections } from '../api-client/connections.ts';
import { startDeadline } from '../api-client/deadline.ts';
import { type Answer, exchange } from '../api-client/exchange.ts';
import { parseFields } from '../api-client/fields.ts';
import { withinAttempt } from '../api-client/waits.ts';
import type { IdentitySource } from './identity-source.ts';

export interface GithubActionsOptions extends Pick<ConnectionOptions, 'clock' | 'httpsAgent'> {
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`, which a job has that may ask for tokens (`id-token: write`). */
  readonly requestUrl: string;
  /** `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. Secret. */
  readonly requestToken: string | undefined;
  /** What the token is to be for; asked once, the first time that a token is needed. */
  readonly audience: () => Promise<string>;
  /** What one attempt at the API may take, the identity included; milliseconds. */
  readonly attemptMs?: number | undefined;
}

/** Milliseconds for one answer, and bytes of it: it holds one JWT. */
const longestAnswerMs = 5_000;
const maxBodyBytes = 64 * 1024;

/**
 * The runner's own endpoint for OIDC tokens (GitHub Docs, "OpenID Connect reference"). Each request
 * gets a new token, since they live for minutes and jobs for hours.
 *
 * Reading rejects with `ClientError` `identity-unreadable`, `github-token-late` or `proxy-…`, and with
 * whatever asking for the audience ends in: `timeout` is the API's.
 */
export function githubActions(options: GithubActionsOptions): IdentitySource {
  const connections = createConnections(options);
  const timeoutMs = withinAttempt(longestAnswerMs, options.attemptMs);
  let audience: Promise<string> | undefined;
  const knownAudience = (): Promise<string> => {
    audience ??= options.audience().catch((error: unknown) => {
      audience = undefined;
      throw error;
    });
    return audience;
  };
  return {
    description: 'the token endpoint of GitHub Actions',
    read: async () => {
      const deadline = startDeadline({ timeoutMs, clock: options.clock });
      try {
        const request = requestOf(options, await deadline.bound(knownAudience()));
        return await tokenIn(exchange(connections, request, { deadline, maxBodyBytes }));
      } finally {
        deadline.clear();
      }
    },
  };
}

async function tokenIn(coming: Promise<Answer>): Promise<string> {
  try {
    const answer = await coming;
    if (answer.status !== 200) throw unreadable();
    return parseFields(answer.body).text('value');
  } catch (error) {
    if (error instanceof ClientError && isOfProxy(error)) throw error;
    // Whatever else it was, it was the identity that could not be read, and not our API.
    const isLate = error instanceof ClientError && error.reason === 'timeout';
    throw isLate ? new ClientError('github-token-late') : unreadable();
  }
}

function requestOf({ requestUrl, requestToken }: GithubActionsOptions, audience: string) {
  const url = URL.canParse(requestUrl) ? new URL(requestUrl) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
  // A line break would begin a header of somebody else's choice.
  if (!url || !isSafe || !/^[\x21-\x7e]+$/.test(requestToken ?? '')) throw unreadable();
  url.searchParams.set('audience', audience);
  const headers = { accept: 'application/json', authorization: `Bearer ${requestToken}` };
  return { method: 'GET', url, headers } as const;
}

const unreadable = (): ClientError =>
  new ClientError('identity-unreadable', {
    seen: 'The token endpoint of GitHub Actions gives no token.',
  });
