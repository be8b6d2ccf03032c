import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AwsCredentials } from '../../local/callers.ts';
import { ordersDatabase, region } from '../../local/organization.ts';
import type { Command } from './command.ts';

const install = fileURLToPath(new URL('./install.sh', import.meta.url));
const aws = fileURLToPath(new URL('../../.local/aws-cli/venv/bin/aws', import.meta.url));

/** Puts the AWS CLI where {@link generateToken} finds it. Rejects where it cannot be had. */
export async function installAwsCli(): Promise<void> {
  await promisify(execFile)(install);
}

/** What one types without tokenvend. It signs on this machine, and asks nobody. */
export function generateToken(credentials: AwsCredentials, home: string): Command {
  const { host, users } = ordersDatabase;
  const target = ['--hostname', host, '--port', '5432', '--username', users[0]];
  return {
    file: aws,
    args: ['rds', 'generate-db-auth-token', '--region', region, ...target],
    env: { PATH: '/usr/bin:/bin', HOME: home, ...awsVariables(credentials) },
  };
}

/** Credentials where the AWS CLI and SDKs look first. */
export function awsVariables(credentials: AwsCredentials): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    // Absent, and not to be looked for.
    AWS_CONFIG_FILE: join('/nonexistent', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join('/nonexistent', 'credentials'),
  };
}
