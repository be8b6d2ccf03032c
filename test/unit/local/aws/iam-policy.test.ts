import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../../local/aws/iam-condition.ts';
import { type AccessRequest, evaluate, evaluateAll } from '../../../../local/aws/iam-policy.ts';
import { account, allow, aPolicy, functionRoleArn, teamRoleArn, userArn } from './a-local-aws.ts';

function aRequest(overrides: Partial<AccessRequest> = {}): AccessRequest {
  return { action: 'rds-db:connect', resource: userArn, context: contextOf({}), ...overrides };
}

const connect = { Effect: 'Allow', Action: 'rds-db:connect', Resource: userArn };
const deny = (statement: object) => ({ ...connect, Effect: 'Deny', ...statement });
const reasonOf = (statements: readonly object[], overrides: Partial<AccessRequest> = {}) =>
  evaluate([aPolicy({ Statement: statements })], aRequest(overrides)).reason;

describe('actions and resources', () => {
  it.each([
    ['the exact action and resource', {}, 'allowed'],
    ['an action in other letters', { Action: 'RDS-DB:Connect' }, 'allowed'],
    ['an action pattern', { Action: 'rds-db:*' }, 'allowed'],
    ['any action', { Action: '*' }, 'allowed'],
    ['another action', { Action: 'rds:Connect' }, 'implicit-deny'],
    ['one of several actions', { Action: ['s3:GetObject', 'rds-db:connect'] }, 'allowed'],
    ['another resource', { Resource: `${userArn}2` }, 'implicit-deny'],
    ['one of several resources', { Resource: [`${userArn}2`, userArn] }, 'allowed'],
    ['any resource', { Resource: '*' }, 'allowed'],
  ])('%s', (_, statement, reason) => {
    expect(reasonOf([{ ...connect, ...statement }])).toBe(reason);
  });

  it.each([
    ['NotAction with another action', { NotAction: 'iam:*', Resource: '*' }, 'allowed'],
    ['NotAction with the action', { NotAction: 'rds-db:*', Resource: '*' }, 'implicit-deny'],
    ['NotResource with another resource', { Action: '*', NotResource: `${userArn}2` }, 'allowed'],
    ['NotResource with the resource', { Action: '*', NotResource: userArn }, 'implicit-deny'],
  ])('%s', (_, statement, reason) => {
    expect(reasonOf([{ Effect: 'Allow', ...statement }])).toBe(reason);
  });

  it('allows nothing without a statement in point', () => {
    expect(evaluate([], aRequest()).reason).toBe('implicit-deny');
    expect(evaluateAll([], aRequest()).reason).toBe('implicit-deny');
  });

  it('lets an explicit deny win, wherever it stands', () => {
    expect(reasonOf([connect, deny({})])).toBe('explicit-deny');
    expect(reasonOf([deny({ Resource: '*' }), connect])).toBe('explicit-deny');
    expect(reasonOf([connect, deny({ Resource: `${userArn}2` })])).toBe('allowed');
  });

  it('A16: matches no policy variable, neither expanded nor as it is written', () => {
    const resource = userArn.replace('orders_app', `\${aws:username}`);

    expect(reasonOf([{ ...connect, Resource: resource }], { resource })).toBe('implicit-deny');
    expect(reasonOf([{ ...connect, Resource: resource }])).toBe('implicit-deny');
  });
});

describe('conditions', () => {
  const context = contextOf({
    'aws:PrincipalArn': functionRoleArn,
    'sts:ExternalId': 'abc',
    'aws:SecureTransport': 'true',
    'aws:TokenIssueTime': '2026-01-01T12:00:00.000Z',
  });

  it.each([
    ['StringEquals', 'sts:ExternalId', 'abc', true],
    ['StringEquals', 'sts:ExternalId', 'ABC', false],
    ['StringEquals', 'sts:ExternalId', 'a*', false],
    ['StringEquals', 'STS:externalid', 'abc', true],
    ['StringEquals', 'sts:ExternalId', ['x', 'abc'], true],
    ['StringEquals', 'sts:Missing', 'abc', false],
    ['StringLike', 'sts:ExternalId', 'a*', true],
    ['StringLike', 'sts:ExternalId', 'b*', false],
    ['StringLike', 'sts:ExternalId', `\${*}`, false],
    ['ArnEquals', 'aws:PrincipalArn', functionRoleArn, true],
    ['ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${account}:role/*`, true],
    ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::*:role/platform/*`, true],
    ['ArnLike', 'aws:PrincipalArn', teamRoleArn, false],
    ['Bool', 'aws:SecureTransport', true, true],
    ['Bool', 'aws:SecureTransport', 'false', false],
    ['Null', 'sts:ExternalId', 'false', true],
    ['Null', 'sts:ExternalId', 'true', false],
    ['Null', 'sts:Missing', 'true', true],
    ['DateLessThan', 'aws:TokenIssueTime', '2026-01-01T12:00:01Z', true],
    ['DateLessThan', 'aws:TokenIssueTime', '2026-01-01T12:00:00Z', false],
    ['DateLessThan', 'aws:TokenIssueTime', 'yesterday', false],
  ])('%s on %s with %j is %s', (operator, key, value, holds) => {
    const statement = { ...connect, Condition: { [operator]: { [key]: value } } };

    expect(reasonOf([statement], { context })).toBe(holds ? 'allowed' : 'implicit-deny');
  });

  it('asks for all conditions of a statement', () => {
    const both = (externalId: string) => ({
      ...connect,
      Condition: {
        StringEquals: { 'sts:ExternalId': externalId },
        Bool: { 'aws:SecureTransport': 'true' },
      },
    });

    expect(reasonOf([both('abc')], { context })).toBe('allowed');
    expect(reasonOf([both('xyz')], { context })).toBe('implicit-deny');
  });

  it.each(['StringEqualsIfExists', 'ForAnyValue:StringLike', 'NumericLessThan', 'constructor'])(
    'names %s as unsupported, and never decides for the caller by it',
    (operator) => {
      const Condition = { [operator]: { 'sts:ExternalId': 'abc' } };
      const allowing = aPolicy({ Statement: { ...connect, Condition } });
      const denying = aPolicy({ Statement: [connect, deny({ Condition })] });

      const [asAllow, asDeny] = [allowing, denying].map((policy) =>
        evaluate([policy], aRequest({ context })),
      );

      expect(asAllow).toEqual({
        allowed: false,
        reason: 'implicit-deny',
        unsupported: [operator],
      });
      expect(asDeny?.reason).toBe('explicit-deny');
    },
  );
});

describe('principals of a trust policy', () => {
  const session = `arn:aws:sts::${account}:assumed-role/tokenvend-tokens/lambda`;
  const principal = { kind: 'aws', account, arns: [functionRoleArn, session] } as const;
  const reasonFor = (Principal: unknown, overrides: Partial<AccessRequest> = {}) =>
    evaluate(
      [aPolicy({ Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } }, 'trust')],
      aRequest({ action: 'sts:AssumeRole', resource: teamRoleArn, principal, ...overrides }),
    ).reason;

  it.each([
    ['the account’s root', { AWS: `arn:aws:iam::${account}:root` }, 'allowed'],
    ['the account’s id', { AWS: account }, 'allowed'],
    ['the role', { AWS: functionRoleArn }, 'allowed'],
    ['the session', { AWS: session }, 'allowed'],
    ['anybody', '*', 'allowed'],
    ['one of several', { AWS: ['444455556666', account] }, 'allowed'],
    ['A12: another account’s root', { AWS: 'arn:aws:iam::444455556666:root' }, 'implicit-deny'],
    [
      'A12: the role without its path',
      { AWS: `arn:aws:iam::${account}:role/tokenvend-tokens` },
      'implicit-deny',
    ],
    ['A12: a pattern of roles', { AWS: `arn:aws:iam::${account}:role/*` }, 'implicit-deny'],
    ['a service', { Service: 'lambda.amazonaws.com' }, 'implicit-deny'],
  ])('%s', (_, named, reason) => {
    expect(reasonFor(named)).toBe(reason);
  });

  it('knows a service by its name', () => {
    const lambda = { kind: 'service', name: 'lambda.amazonaws.com' } as const;

    expect(reasonFor({ Service: 'lambda.amazonaws.com' }, { principal: lambda })).toBe('allowed');
    expect(reasonFor({ AWS: account }, { principal: lambda })).toBe('implicit-deny');
    expect(reasonFor({ Service: 'ec2.amazonaws.com' }, { principal: lambda })).toBe(
      'implicit-deny',
    );
  });
});

describe('policies that limit each other', () => {
  const wide = [aPolicy(allow('rds-db:*', '*'))];
  const narrow = [aPolicy(allow('rds-db:connect', userArn))];
  const other = [aPolicy(allow('rds-db:connect', `${userArn}2`))];
  const denying = [aPolicy({ Statement: [connect, deny({})] })];

  it.each([
    ['both allow', [wide, narrow], 'allowed'],
    ['the session policy allows something else', [wide, other], 'implicit-deny'],
    ['the role allows something else', [other, wide], 'implicit-deny'],
    ['the session policy denies', [wide, denying], 'explicit-deny'],
    ['one set is empty', [wide, []], 'implicit-deny'],
  ])('%s', (_, sets, reason) => {
    expect(evaluateAll(sets, aRequest()).reason).toBe(reason);
  });
});
