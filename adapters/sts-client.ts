import { STSClient } from '@aws-sdk/client-sts';
import { idleConnections } from './idle-connections.ts';
import { lambdaCredentials } from './lambda-credentials.ts';
import type { Environment } from './settings.ts';

/**
 * Clients give up after 3 s: both tries have to be over before that, or neither the old session nor a
 * clear answer reaches them. STS answers in tens of milliseconds, after one TLS handshake.
 */
const connectTimeoutMs = 800;
const requestTimeoutMs = 1_100;

/** The first try and one more: the client retries too, and a third would outlast its patience. */
const maxAttempts = 2;

/**
 * The STS client of the function's own Region, with the credentials of the function. The SDK's default chain
 * is left out of the bundle. `AWS_ENDPOINT_URL_STS` names another endpoint, as it does for the SDK itself.
 */
export function createStsClient(env: Environment, region: string, clock: () => Date): STSClient {
  const endpoint = env.AWS_ENDPOINT_URL_STS;
  const client = new STSClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // The other one ends with the headers: a body may stop, and all who wait for the call with it.
      socketTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
    credentials: lambdaCredentials(env),
  });
  dropIdleConnections(client, clock);
  return client;
}

/** The SDK keeps its connections for ever, as it cannot know that a function is frozen between calls. */
function dropIdleConnections({ config, middlewareStack }: STSClient, clock: () => Date): void {
  const beforeUse = idleConnections(clock, () => config.requestHandler.destroy?.());
  middlewareStack.add(
    (next) => (call) => {
      beforeUse();
      return next(call);
    },
    { step: 'initialize', name: 'dropIdleConnections' },
  );
}
