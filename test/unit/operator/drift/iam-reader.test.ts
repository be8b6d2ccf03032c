import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRole } from '../../../../operator/drift/iam-reader.ts';

const iam = mockClient(IAMClient);
const encoded = (document: unknown) => encodeURIComponent(JSON.stringify(document));
const policyArn = 'arn:aws:iam::111122223333:policy/users';

beforeEach(() => {
  iam.reset();
  iam.on(GetRoleCommand).resolves({
    Role: {
      Path: '/',
      RoleName: 'tokenvend-payments',
      RoleId: 'AROAEXAMPLEEXAMPLE12',
      Arn: 'arn:aws:iam::111122223333:role/tokenvend-payments',
      CreateDate: new Date(0),
      AssumeRolePolicyDocument: encoded({ Statement: ['trust'] }),
    },
  });
  iam
    .on(ListAttachedRolePoliciesCommand)
    .resolves({ AttachedPolicies: [{ PolicyArn: policyArn }] });
  iam.on(GetPolicyCommand).resolves({ Policy: { DefaultVersionId: 'v3' } });
  iam.on(GetPolicyVersionCommand, { PolicyArn: policyArn, VersionId: 'v3' }).resolves({
    PolicyVersion: { Document: encoded({ Statement: ['managed'] }) },
  });
  iam.on(ListRolePoliciesCommand).resolves({ PolicyNames: ['inline'] });
  iam.on(GetRolePolicyCommand).resolves({
    RoleName: 'tokenvend-payments',
    PolicyName: 'inline',
    PolicyDocument: encoded({ Statement: ['inline'] }),
  });
});

const read = () => readRole(new IAMClient({ region: 'eu-west-1' }), 'tokenvend-payments');

describe('readRole', () => {
  it('reads the trust, the managed policies as they are in force, and those of the role alone', async () => {
    expect(await read()).toEqual({
      arn: 'arn:aws:iam::111122223333:role/tokenvend-payments',
      trust: { Statement: ['trust'] },
      policies: [{ Statement: ['managed'] }, { Statement: ['inline'] }],
      hasBoundary: false,
    });
  });

  it('is undefined where there is no such role', async () => {
    iam.on(GetRoleCommand).rejects(new NoSuchEntityException({ message: 'none', $metadata: {} }));

    expect(await read()).toBeUndefined();
  });

  it('does not take a refusal for an absence', async () => {
    iam.on(GetRoleCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));

    await expect(read()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('does not take a document that it cannot read for an empty one', async () => {
    iam.on(GetRolePolicyCommand).resolves({
      RoleName: 'r',
      PolicyName: 'inline',
      PolicyDocument: '%7Bnot json',
    });

    expect((await read())?.policies[1]).toBeUndefined();
  });
});
