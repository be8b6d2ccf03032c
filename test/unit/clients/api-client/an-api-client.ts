import {
  type ApiClient,
  type ApiClientOptions,
  createApiClient,
} from '../../../../clients/api-client/api-client.ts';
import { ClientError } from '../../../../clients/api-client/client-error.ts';

/** Base64url of `{"alg":"RS256"}`, of `{"sub":"api"}`, and of nothing real. */
export const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhcGkifQ.UExBTlRFRC1zaWduYXR1cmU';

/** A client with a JWT, unless told otherwise. */
export function aClient(
  urls: string | readonly string[],
  parts: Partial<ApiClientOptions> = {},
): ApiClient {
  return createApiClient({
    urls: typeof urls === 'string' ? [urls] : urls,
    auth: { kind: 'jwt', identity: async () => jwt },
    clock: () => new Date(),
    client: { name: 'test', version: '1.2.3' },
    ...parts,
  });
}

/** The error that `attempt` ends with. */
export async function errorOf(attempt: Promise<unknown>): Promise<ClientError> {
  const end = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(end instanceof ClientError)) throw new Error('it did not end in a ClientError');
  return end;
}
