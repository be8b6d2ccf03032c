import type { CredentialsProvider, Environment } from '../../clients/api-client/aws-credentials.ts';
import { containerCredentials } from '../../clients/api-client/container-credentials.ts';
import { environmentCredentials } from '../../clients/api-client/environment-credentials.ts';

/**
 * The credentials of the role that runs this process: from the environment, or from the endpoint that it
 * names. Under SnapStart always from the endpoint: what a snapshot holds has long expired.
 */
export function functionCredentials(env: Environment, clock: () => Date): CredentialsProvider {
  const isSnapshot = env.AWS_LAMBDA_INITIALIZATION_TYPE === 'snap-start';
  return env.AWS_ACCESS_KEY_ID && !isSnapshot
    ? environmentCredentials(env)
    : containerCredentials({ env, clock });
}

/** What requests to the local server must carry: something that every process of a function has, and nobody else. */
export function functionToken(env: Environment): string | undefined {
  return env.AWS_SESSION_TOKEN || env.AWS_CONTAINER_AUTHORIZATION_TOKEN || undefined;
}
