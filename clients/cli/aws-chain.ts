import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { CredentialsProvider } from '../api-client/aws-credentials.ts';

/**
 * Credentials as every AWS tool finds them: environment, profile, SSO, web identity, container, EC2
 * instance profile. A bundle of its own, loaded only with `--auth iam`.
 */
export function defaultChain(options: {
  readonly profile?: string | undefined;
}): CredentialsProvider {
  const { profile } = options;
  return fromNodeProviderChain(profile === undefined ? {} : { profile });
}
