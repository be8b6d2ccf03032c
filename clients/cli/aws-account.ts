import { IAMClient } from '@aws-sdk/client-iam';
import { RDSClient } from '@aws-sdk/client-rds';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccountReader } from '../../operator/drift/account-reader.ts';
import { readRole } from '../../operator/drift/iam-reader.ts';
import { readDatabases } from '../../operator/drift/rds-reader.ts';
import type { CredentialsProvider } from '../api-client/aws-credentials.ts';

/** How an account is reached. */
export interface AccountSettings {
  /** For STS and IAM, whose answers are the same in every Region of a partition. */
  readonly region: string;
  readonly credentials: CredentialsProvider;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads an AWS account through the SDK. A bundle of its own: the clients are larger than the rest of
 * the command line. `AWS_ENDPOINT_URL_RDS`, `_IAM` and `_STS` name other endpoints.
 */
export function openAccount({ region, credentials, env }: AccountSettings): AccountReader {
  const shared = { region, credentials: () => withoutGaps(credentials) };
  const iam = new IAMClient({ ...shared, ...endpoint(env.AWS_ENDPOINT_URL_IAM) });
  return {
    async account() {
      const sts = new STSClient({ ...shared, ...endpoint(env.AWS_ENDPOINT_URL_STS) });
      const { Account = '' } = await sts.send(new GetCallerIdentityCommand({}));
      return Account;
    },
    databases(of) {
      const rds = { ...shared, region: of, ...endpoint(env.AWS_ENDPOINT_URL_RDS) };
      return readDatabases(new RDSClient(rds), of);
    },
    role: (name) => readRole(iam, name),
  };
}

const endpoint = (url: string | undefined) => (url === undefined ? {} : { endpoint: url });

/** The signer takes a session token that is undefined for one that is set. */
async function withoutGaps(credentials: CredentialsProvider) {
  const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
