import { STSClient } from '@aws-sdk/client-sts';
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
 * The STS client of the function's own Region, with the credentials that Lambda puts into the
 * environment. They have no expiry, so the SDK reads them once, as it does by default on Lambda: an
 * execution environment keeps the ones it started with. The SDK's default chain is left out of the bundle.
 * `AWS_ENDPOINT_URL_STS` names another endpoint, as it does for the SDK itself.
 */
export function createStsClient(env: Environment, region: string): STSClient {
  const endpoint = env.AWS_ENDPOINT_URL_STS;
  return new STSClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
    credentials: async () => ({
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      ...(env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN }),
    }),
  });
}
