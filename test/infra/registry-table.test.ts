import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keyAttributes, pointerKey } from '../../adapters/dynamodb-layout.ts';
import { grants } from './role-statements.ts';
import { deploy, everything, get, ofType, source } from './stack.ts';
import { denialsOf, tableShape } from './tables.ts';

const stack = deploy(everything);
const table = tableShape.parse(get(stack, 'RegistryTable').Properties);
const publisher = 'arn:aws:iam::999988887777:role/tokenvend-publisher-eu-west-1';

/** What a role may do with DynamoDB, as `action resource`. */
function tableGrants(role: string): string[] {
  return grants(get(stack, role)).filter((grant) => grant.startsWith('dynamodb:'));
}

describe('the table of the registry', () => {
  it('is there only where it is asked for', () => {
    const tables = ofType(deploy({ RegistryBackend: 'packaged' }), 'AWS::DynamoDB::Table');

    expect(tables).toEqual([]);
  });

  it('has the keys that the adapter writes', () => {
    expect(table.KeySchema.map(({ AttributeName }) => AttributeName)).toEqual(
      Object.keys(keyAttributes(pointerKey)),
    );
  });

  it('is encrypted, can be restored to any second, and is not deleted by mistake', () => {
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    expect(get(stack, 'RegistryTable')).toMatchObject({ DeletionPolicy: 'Retain' });
  });

  it('is read by key, and by the functions that decide', () => {
    for (const role of ['AuthorizerRole', 'TokensRole', 'DatabasesRole']) {
      expect(tableGrants(role).filter((grant) => grant.endsWith('RegistryTable.Arn'))).toEqual([
        'dynamodb:BatchGetItem RegistryTable.Arn',
        'dynamodb:GetItem RegistryTable.Arn',
      ]);
    }
    for (const role of ['PublicRole', 'ProbeRole', 'ExampleRole']) {
      expect(tableGrants(role)).toEqual([]);
    }
  });

  it('A23: is written by its publisher alone, whatever other policies say', () => {
    expect(denialsOf(table)).toEqual([
      {
        actions: [
          'dynamodb:BatchWriteItem',
          'dynamodb:DeleteItem',
          'dynamodb:PartiQLDelete',
          'dynamodb:PartiQLInsert',
          'dynamodb:PartiQLUpdate',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
        ],
        unless: publisher,
      },
    ]);
    expect(get(stack, 'PublisherRole').Properties.RoleName).toBe(publisher.split('/')[1]);
  });

  it('has a publisher that may write it, and touch nothing else', () => {
    const grants = tableGrants('PublisherRole');

    expect(grants.map((grant) => grant.split(' ')[1])).toEqual(
      grants.map(() => 'RegistryTable.Arn'),
    );
    expect(grants).toContain('dynamodb:UpdateItem RegistryTable.Arn');
    expect(grants.join()).not.toMatch(/\*|Scan|DeleteTable|ResourcePolicy/);
  });

  it('has a publisher that only those named may become', () => {
    const names = 'arn:aws:iam::999988887777:role/pipeline,arn:aws:iam::999988887777:user/on-call';
    const role = get(deploy({ ...everything, PublisherPrincipals: names }), 'PublisherRole');

    expect(role.Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [{ Principal: { AWS: names.split(',') } }],
    });
  });

  it.each([
    ['arn:aws:iam::999988887777:role/pipeline', true],
    ['arn:aws:iam::999988887777:role/ci/pipeline,arn:aws:iam::999988887777:user/on-call', true],
    ['arn:aws-cn:sts::999988887777:assumed-role/pipeline/main', true],
    ['', true],
    ['arn:aws:iam::999988887777:root', false],
    ['arn:aws:iam::999988887777:role/pipeline,arn:aws:iam::111122223333:root', false],
    ['arn:aws:iam::999988887777:role/*', false],
    ['999988887777', false],
    ['*', false],
  ])('A23: has a publisher for which %j is taken: %s', (principals, taken) => {
    const pattern = new RegExp(String(source.Parameters.PublisherPrincipals?.AllowedPattern));

    expect(pattern.test(principals)).toBe(taken);
  });
});

describe('the rule about writes of others', () => {
  const { EventPattern, Targets } = get(stack, 'RegistryWriteRule').Properties;

  it('sees every action that the table refuses, and changes of what refuses them', () => {
    const [{ actions = [] } = {}] = denialsOf(table);
    const { eventName } = z
      .looseObject({ detail: z.looseObject({ eventName: z.array(z.string()) }) })
      .parse(EventPattern).detail;

    const items = actions
      .map((action) => action.replace('dynamodb:', ''))
      .map((action) => (action.startsWith('PartiQL') ? 'ExecuteStatement' : action));

    expect(eventName).toEqual(expect.arrayContaining(items));
    // One action of IAM has several calls, each with an event of its own (DynamoDB Developer Guide, "Logging
    // DynamoDB operations by using AWS CloudTrail").
    expect(eventName).toEqual(
      expect.arrayContaining(['TransactWriteItems', 'ExecuteTransaction', 'BatchExecuteStatement']),
    );
    expect(eventName).toEqual(
      expect.arrayContaining(['DeleteResourcePolicy', 'PutResourcePolicy', 'UpdateTable']),
    );
  });

  it('leaves the publisher out, and neither users nor root, who have no role', () => {
    expect(EventPattern).toMatchObject({
      detail: {
        userIdentity: {
          sessionContext: {
            sessionIssuer: { arn: [{ 'anything-but': ['PublisherRole.Arn'] }, { exists: false }] },
          },
        },
      },
    });
  });

  it('writes to a log group that EventBridge can write to', () => {
    expect(Targets).toMatchObject([{ Arn: 'RegistryWriteLogGroup.Arn' }]);
    expect(get(stack, 'RegistryWriteLogGroup').Properties.LogGroupName).toMatch(/^\/aws\/events\//);
    expect(
      JSON.parse(String(get(stack, 'RegistryWriteLogPolicy').Properties.PolicyDocument)),
    ).toMatchObject({
      Statement: [
        {
          Principal: { Service: expect.arrayContaining(['events.amazonaws.com']) },
          Resource: 'RegistryWriteLogGroup.Arn',
        },
      ],
    });
  });
});
