import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callerArn } from '../../../operator/who-operates.ts';

const arn = 'arn:aws:sts::111122223333:assumed-role/platform/engineer-1';
const sts = mockClient(STSClient);
beforeEach(() => sts.reset());
afterEach(() => sts.reset());

const ask = () =>
  callerArn({
    region: 'eu-west-1',
    endpoint: undefined,
    credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }),
  });

describe('who operates', () => {
  it('is whom STS knows', async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Arn: arn });

    expect(await ask()).toBe(arn);
  });

  it('stays unknown where STS does not say, which stops no suspension', async () => {
    sts.on(GetCallerIdentityCommand).rejects(new Error('unreachable'));

    expect(await ask()).toBeUndefined();
  });
});
