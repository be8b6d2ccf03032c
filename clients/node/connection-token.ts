import type { DatabaseToken, TokenTarget } from './database-token.ts';
import { DriverOptionsError } from './driver-options-error.ts';
import type { TokenSource } from './token-source.ts';

/** What a driver is to connect to. */
export interface ConnectionTarget extends TokenTarget {
  /** The near end of a tunnel. The real endpoint is still the one that is verified. */
  readonly via?: { readonly host: string; readonly port: number } | undefined;
}

/** What a driver's options begin with. */
export interface FirstToken {
  readonly token: DatabaseToken;
  /** The token for one more login to the same endpoint. */
  readonly next: () => Promise<string>;
}

type Engine = DatabaseToken['database']['engine'];

/**
 * The endpoint as it is now, and the tokens to come. A driver keeps host, port and user for as long as
 * it lives, so that a token for others would only be refused there, without a reason.
 *
 * Rejects with `ClientError`, and with `DriverOptionsError` `engine-mismatch`; `next` also with
 * `endpoint-changed`.
 */
export async function firstToken(
  source: TokenSource,
  { database, user, team }: ConnectionTarget,
  engines: readonly Engine[],
): Promise<FirstToken> {
  const asked = { database, user, team };
  const token = await source.get(asked);
  if (!engines.includes(token.database.engine)) throw new DriverOptionsError('engine-mismatch');
  return {
    token,
    async next() {
      const now = await source.get(asked);
      if (!isSameLogin(now, token)) throw new DriverOptionsError('endpoint-changed');
      return now.token;
    },
  };
}

function isSameLogin(one: DatabaseToken, other: DatabaseToken): boolean {
  const { host, port } = other.database;
  return one.user === other.user && one.database.host === host && one.database.port === port;
}
