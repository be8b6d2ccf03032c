import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Environment } from './settings.ts';

/**
 * Clients give up after 3 s, and a first vend reads twice (the pointer, then its records) before it
 * asks STS. DynamoDB answers in single milliseconds, after one TLS handshake.
 */
const connectTimeoutMs = 400;
const requestTimeoutMs = 500;

/** The first try and one more. */
const maxAttempts = 2;

/**
 * The DynamoDB client of the function's own Region, with the credentials that Lambda puts into the
 * environment, as the STS client has them. `AWS_ENDPOINT_URL_DYNAMODB` names another endpoint.
 */
export function createDynamodbClient(env: Environment, region: string): DynamoDBClient {
  const endpoint = env.AWS_ENDPOINT_URL_DYNAMODB;
  return new DynamoDBClient({
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
