import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { CredentialsProvider } from '../api-client/aws-credentials.ts';
import type { ConnectionOptions } from '../api-client/connections.ts';

export interface ChainOptions extends Pick<ConnectionOptions, 'httpsAgent'> {
  readonly profile?: string | undefined;
}

/**
 * Credentials as every AWS tool finds them: environment, profile, SSO, web identity, container, EC2
 * instance profile. A bundle of its own, loaded only with `--auth iam`.
 *
 * The SDK reads no `https_proxy`. The agent is for what it asks in the network, STS and SSO; containers and
 * instances have their end-points on the machine, which it asks by other means.
 */
export function defaultChain({ profile, httpsAgent }: ChainOptions): CredentialsProvider {
  return fromNodeProviderChain({
    ...(profile !== undefined && { profile }),
    ...(httpsAgent && { clientConfig: { requestHandler: { httpsAgent: httpsAgent() } } }),
  });
}
