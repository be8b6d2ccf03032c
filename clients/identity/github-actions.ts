import { isLoopback } from '../api-client/api-url.ts';
import { ClientError } from '../api-client/client-error.ts';
import { createConnections } from '../api-client/connections.ts';
import { startDeadline } from '../api-client/deadline.ts';
import { exchange } from '../api-client/exchange.ts';
import { parseFields } from '../api-client/fields.ts';
import type { IdentitySource } from './identity-source.ts';

export interface GithubActionsOptions {
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`, which a job has that may ask for tokens (`id-token: write`). */
  readonly requestUrl: string;
  /** `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. Secret. */
  readonly requestToken: string | undefined;
  /** What the token is to be for; asked once, the first time that a token is needed. */
  readonly audience: () => Promise<string>;
  readonly clock: () => Date;
}

/** Milliseconds for one answer, and bytes of it: it holds one JWT. */
const timeoutMs = 5_000;
const maxBodyBytes = 64 * 1024;

/**
 * The runner's own endpoint for OIDC tokens (GitHub Docs, "OpenID Connect reference"). Each request
 * gets a new token, since they live for minutes and jobs for hours.
 */
export function githubActions(options: GithubActionsOptions): IdentitySource {
  const connections = createConnections(options);
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
      const request = requestOf(options, await knownAudience());
      const deadline = startDeadline({ timeoutMs, clock: options.clock });
      try {
        const answer = await exchange(connections, request, { deadline, maxBodyBytes });
        if (answer.status !== 200) throw unreadable();
        return parseFields(answer.body).text('value');
      } catch {
        // Whatever it was, it was the identity that could not be read, and not our API.
        throw unreadable();
      } finally {
        deadline.clear();
      }
    },
  };
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

const unreadable = (): ClientError => new ClientError('identity-unreadable');
