import type { DatabaseToken, TokenTarget } from './database-token.ts';
import { isLoginRefusal } from './login-refusal.ts';
import type { TokenSource } from './token-source.ts';

/**
 * Connects, and once more with a new token where the database refused the login: the session that
 * signed a token may have been revoked long before the token expires.
 *
 * Put the login into `connect` and nothing else, since it may run twice. Drivers set up with
 * {@link pgOptions} or {@link mysql2Options} find the new token by themselves; others take the argument.
 *
 * Rejects with whatever `connect` does, or with `ClientError` where no new token can be had.
 */
export async function withFreshToken<T>(
  source: TokenSource,
  { database, user, team }: TokenTarget,
  connect: (token: DatabaseToken) => Promise<T>,
): Promise<T> {
  const target = { database, user, team };
  const token = await source.get(target);
  try {
    return await connect(token);
  } catch (error) {
    if (!isLoginRefusal(error)) throw error;
  }
  return connect(await source.get({ ...target, fresh: true }));
}
