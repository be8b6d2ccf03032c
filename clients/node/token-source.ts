import { ClientError } from '../api-client/client-error.ts';
import type { DatabaseToken, TokenTarget } from './database-token.ts';
import { type Machine, thisMachine } from './machine.ts';
import { settingsOf } from './settings.ts';
import type { TokenSourceOptions } from './token-source-options.ts';
import { vendingOf } from './vending.ts';

/** Where an application gets its tokens from. */
export interface TokenSource {
  /**
   * A token with at least the minimum of life left: from memory where there is one, else from the
   * API. Call it for every login; any number of calls at once cost one request.
   *
   * Rejects with `ClientError`.
   *
   * @param target.fresh The token from before was refused by the database. Another one is cut every
   *   10 s at most; in between this gives the current one.
   */
  get(target: TokenTarget & { readonly fresh?: boolean | undefined }): Promise<DatabaseToken>;
  /** The token alone, for a driver's password callback. Rejects as {@link TokenSource.get} does. */
  password(target: TokenTarget): Promise<string>;
}

/**
 * Makes a source of tokens. Nothing is asked for until the first `get`; the source has no timers and
 * keeps no process alive. One for a whole process is enough.
 *
 * @param machine For tests: clocks, environment, randomness and the network.
 * @throws ClientError of kind `usage`: `url-missing`, `url-invalid`, `setting-invalid`, `region-unknown`.
 */
export function createTokenSource(
  options: TokenSourceOptions = {},
  machine: Machine = thisMachine(),
): TokenSource {
  const settings = settingsOf(options, machine.env);
  const vend = vendingOf(settings, machine);

  const get: TokenSource['get'] = async ({ database, user, team = settings.team, fresh }) => {
    const answer = await vend({ database, user, team, fresh, inlineCa: true });
    const { pem } = answer.tls.ca;
    // A driver without roots would verify nothing, or against everybody's.
    if (pem === undefined) throw new ClientError('answer-unreadable');
    return { ...answer, tls: { ...answer.tls, ca: { ...answer.tls.ca, pem } } };
  };
  return {
    get,
    password: async ({ database, user, team }) => (await get({ database, user, team })).token,
  };
}
