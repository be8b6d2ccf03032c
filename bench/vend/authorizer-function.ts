import { createAuthorizerHandler } from '../../functions/authorizer/handler.ts';
import { authorizerDependencies } from '../../functions/authorizer/wire.ts';
import { authorizerEventWith } from './events.ts';

/** A new execution environment of the authorizer. Rejects for a JWT that it refuses. */
export function authorizerFunction(
  env: Readonly<Record<string, string>>,
): (jwt: string) => Promise<void> {
  const handler = createAuthorizerHandler(authorizerDependencies(env));
  return async (jwt) => {
    await handler(authorizerEventWith(jwt));
  };
}
