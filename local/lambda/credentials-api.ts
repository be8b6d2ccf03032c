import { timingSafeEqual } from 'node:crypto';
import { type Api, jsonAnswer } from './api-answer.ts';

export interface ContainerCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Date;
}

/** Where SDKs find their credentials when the environment cannot hold them: a snapshot outlives them. */
export const credentialsPath = '/2021-04-23/credentials';

/** Answers with the credentials as of now to whoever knows `AWS_CONTAINER_AUTHORIZATION_TOKEN`. */
export function createCredentialsApi(options: {
  /** `undefined` where the mode has no such endpoint. */
  readonly authorizationToken: string | undefined;
  readonly credentials: () => ContainerCredentials;
}): Api {
  return (request) => {
    if (request.method !== 'GET' || request.path !== credentialsPath) return undefined;
    const claimed = request.headers.get('authorization') ?? '';
    const expected = options.authorizationToken;
    if (expected === undefined || !isSame(claimed, expected)) {
      return {
        status: 404,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: 'cannot get credentials for the provided token\n',
      };
    }
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = options.credentials();
    return jsonAnswer(200, {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      Expiration: expiresAt.toISOString(),
    });
  };
}

function isSame(claimed: string, expected: string): boolean {
  const [one, other] = [Buffer.from(claimed), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
