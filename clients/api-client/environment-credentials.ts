import type { CredentialsProvider, Environment } from './aws-credentials.ts';
import { ClientError } from './client-error.ts';

/**
 * The credentials that Lambda and CI systems put into the environment. Empty counts as not set: an
 * empty session token that was signed along would be refused.
 *
 * Rejects with `ClientError` `credentials-missing`.
 */
export function environmentCredentials(env: Environment): CredentialsProvider {
  return async () => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    } = env;
    if (!accessKeyId || !secretAccessKey) throw new ClientError('credentials-missing');
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  };
}
