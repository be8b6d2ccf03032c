import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { openTable } from '../adapters/writable-table.ts';
import type { OperatorDependencies } from './publish-registry.ts';
import { callerArn } from './who-operates.ts';

/** How an operator reaches the table. */
export interface OperatorSettings {
  readonly table: string;
  readonly region: string;
  readonly credentials: () => Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  }>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: () => Date;
}

/** Opens the table, as whoever AWS says this is; where AWS does not say, as the user of this machine. */
export async function openOperator(settings: OperatorSettings): Promise<OperatorDependencies> {
  const { table, region, env, clock } = settings;
  const credentials = () => withoutGaps(settings);
  const by = await callerArn({ region, credentials, endpoint: env.AWS_ENDPOINT_URL_STS });
  return {
    table: openTable({ table, env, region, credentials }),
    clock,
    ids: () => randomBytes(6).toString('hex'),
    by: by ?? `os:${userInfo().username}`,
  };
}

/** The signer takes a session token that is undefined for one that is set. */
async function withoutGaps({ credentials }: OperatorSettings) {
  const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
