import { Sha256 } from '../../core/sha256.ts';
import type { AwsCredentials, CredentialsProvider } from './aws-credentials.ts';
import { asClientError, ClientError } from './client-error.ts';
import type { OutgoingRequest } from './connections.ts';
import { type RegionSettings, signingRegion } from './signing-region.ts';

/** A caller that is an AWS principal. */
export interface IamAuth extends RegionSettings {
  readonly kind: 'iam';
  readonly credentials: CredentialsProvider;
}

/**
 * Signs a request with Signature Version 4 for API Gateway.
 *
 * @throws ClientError of kind `identity`, or `region-unknown`.
 */
export async function signRequest(
  request: OutgoingRequest,
  auth: IamAuth,
  now: Date,
): Promise<OutgoingRequest> {
  const region = signingRegion(request.url, auth);
  const credentials = await readCredentials(auth.credentials);
  // Only here: callers with a JWT never load it.
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  try {
    const { headers } = await signer.sign(signableOf(request), { signingDate: now });
    return { ...request, headers };
  } catch {
    throw new ClientError('credentials-unreadable');
  }
}

function signableOf({ method, url, headers, body }: OutgoingRequest) {
  return {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    body,
  };
}

/** Checked here, since the signer signs with empty keys, and takes an undefined session token for one that is set. */
async function readCredentials(provider: CredentialsProvider): Promise<SigningKeys> {
  const { accessKeyId, secretAccessKey, sessionToken } = await provider().catch((error) => {
    throw asClientError(error, 'credentials-unreadable');
  });
  if (!accessKeyId || !secretAccessKey) throw new ClientError('credentials-unreadable');
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

type SigningKeys = Omit<AwsCredentials, 'sessionToken'> & { readonly sessionToken?: string };
