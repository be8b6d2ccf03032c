import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { CallSettings } from '../adapters/dynamodb-call.ts';

/** A name for the record is not worth more: who may write at all, DynamoDB decides. */
const timeoutMs = 2_000;

/** The ARN of whoever holds the credentials; `undefined` where STS does not say. Needs no permission. */
export async function callerArn(settings: {
  readonly region: string;
  readonly credentials: CallSettings['credentials'];
  readonly endpoint: string | undefined;
}): Promise<string | undefined> {
  const { region, credentials, endpoint } = settings;
  const sts = new STSClient({
    region,
    credentials,
    maxAttempts: 1,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  try {
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal });
    return Arn;
  } catch {
    return undefined;
  } finally {
    sts.destroy();
  }
}
