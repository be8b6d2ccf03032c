import type { APIGatewayProxyEvent } from 'aws-lambda';
import { createTokensHandler } from '../../functions/tokens/handler.ts';
import { tokensDependencies } from '../../functions/tokens/wire.ts';
import { lambdaContext } from '../../local/gateway/lambda-context.ts';
import { tokensEvent } from './events.ts';

/** Asks for a token for a database, as the registry's first team. Rejects where none is vended. */
export type Vend = (database: string) => Promise<void>;

/**
 * A new execution environment of the tokens function, wired as on Lambda, with its audit records and
 * counts on stdout. From the event to the answer: what API Gateway and the authorizer do is not in it.
 */
export function tokensFunction(
  env: Readonly<Record<string, string>>,
  clock: () => Date = () => new Date(),
): Vend {
  const handler = createTokensHandler(tokensDependencies(env, { clock }));
  const events = new Map<string, APIGatewayProxyEvent>();
  return async (database) => {
    // Made once for each database: on Lambda, the event is there before our code runs.
    const event = events.get(database) ?? tokensEvent(database);
    events.set(database, event);
    const answer = await handler(event, lambdaContext('tokens', 'invocation'));
    if (answer.statusCode !== 200) throw new Error(`answered with status ${answer.statusCode}`);
  };
}
