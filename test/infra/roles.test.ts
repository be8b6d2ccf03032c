import { describe, expect, it } from 'vitest';
import { grants, roleShape } from './role-statements.ts';
import { deploy, everything, get, ofType } from './stack.ts';

const functionRoles = ['AuthorizerRole', 'TokensRole', 'DatabasesRole', 'PublicRole'] as const;

describe("the functions' roles", () => {
  it.each(functionRoles)('%s is for Lambda, and for one function', (name) => {
    const resources = deploy();
    const { AssumeRolePolicyDocument } = roleShape.parse(get(resources, name).Properties);

    const users = ofType(resources, 'AWS::Serverless::Function').filter(
      ([, { Properties }]) => Properties.Role === `${name}.Arn`,
    );

    expect(AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal)).toEqual([
      { Service: 'lambda.amazonaws.com' },
    ]);
    expect(users.map(([id]) => id)).toEqual([name.replace('Role', 'Function')]);
  });

  it.each(functionRoles)(
    '%s writes its own log and its traces, and without tables no more',
    (name) => {
      const group = `${name.replace('Role', 'LogGroup')}.Arn`;

      const withoutTeams = grants(get(deploy(), name)).filter((grant) => !grant.startsWith('sts:'));

      expect(withoutTeams).toEqual([
        `logs:CreateLogStream ${group}`,
        `logs:PutLogEvents ${group}`,
        // X-Ray knows no resources: the one place where * is right.
        'xray:PutTraceSegments *',
        'xray:PutTelemetryRecords *',
      ]);
    },
  );

  it('let only the tokens function assume roles', () => {
    const assuming = ofType(deploy(everything), 'AWS::IAM::Role').filter(([, role]) =>
      grants(role).some((grant) => grant.startsWith('sts:')),
    );

    expect(assuming.map(([name]) => name)).toEqual(['TokensRole']);
  });

  it.each([
    ['aws', 'arn:aws:iam::'],
    ['aws-cn', 'arn:aws-cn:iam::'],
    ['aws-us-gov', 'arn:aws-us-gov:iam::'],
  ])('reach the team roles of the accounts given, in %s', (partition, prefix) => {
    const parameters = { DatabaseAccounts: '111122223333,444455556666,777788889999' };
    const accounts = parameters.DatabaseAccounts.split(',');

    const assume = grants(get(deploy(parameters, partition), 'TokensRole')).filter((grant) =>
      grant.startsWith('sts:'),
    );

    expect(assume.sort()).toEqual(
      ['sts:AssumeRole', 'sts:SetSourceIdentity'].flatMap((action) =>
        accounts.map((account) => `${action} ${prefix}${account}:role/tokenvend-*`),
      ),
    );
  });

  it('reach one account as well as several', () => {
    const role = get(deploy({ DatabaseAccounts: '111122223333' }), 'TokensRole');

    expect(grants(role)).toContain('sts:AssumeRole arn:aws:iam::111122223333:role/tokenvend-*');
  });

  it('keep the name that team roles trust', () => {
    const names = ofType(deploy(), 'AWS::IAM::Role').map(
      ([, { Properties }]) => Properties.RoleName,
    );

    expect(names.filter((name) => name !== undefined)).toEqual(['tokenvend-vendor-eu-west-1']);
  });

  it('have * for a resource only where AWS knows none to name', () => {
    const grantsOnAll = ofType(deploy(everything), 'AWS::IAM::Role')
      .flatMap(([, role]) => grants(role))
      .filter((grant) => grant.endsWith(' *'));

    expect([...new Set(grantsOnAll.map((grant) => grant.split(':')[0]))].sort()).toEqual([
      'ec2',
      'xray',
    ]);
  });
});
