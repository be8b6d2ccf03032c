import type { Environment } from './settings.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The credentials that Lambda puts into the environment. They have no expiry, so the SDK reads them once,
 * as it does by default on Lambda: an execution environment keeps the ones it started with.
 */
export function lambdaCredentials(env: Environment): () => Promise<Credentials> {
  return async () => ({
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN }),
  });
}
