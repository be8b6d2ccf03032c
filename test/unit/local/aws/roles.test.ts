import { describe, expect, it } from 'vitest';
import { defineRole, isAuthorized } from '../../../../local/aws/roles.ts';
import {
  account,
  aLocalAws,
  allow,
  aPolicy,
  functionRoleArn,
  roleOf,
  teamRoleArn,
  teamTrust,
} from './a-local-aws.ts';

const aDefinition = {
  arn: teamRoleArn,
  roleId: 'AROATEAMTEAMTEAMTEAM1',
  trustPolicy: teamTrust,
  policies: [allow('rds-db:connect', '*')],
};

describe('defineRole', () => {
  it('reads the documents, and limits sessions to an hour unless told', () => {
    const role = defineRole(aDefinition);

    expect(role.maxSessionSeconds).toBe(3600);
    expect(role.policies).toHaveLength(1);
  });

  it.each([
    ['trust policy', { trustPolicy: allow('sts:AssumeRole', '*') }],
    ['policy', { policies: [allow('rds-db:connect', '*'), {}] }],
  ])('throws for a malformed %s', (_, broken) => {
    expect(() => defineRole({ ...aDefinition, ...broken })).toThrow(teamRoleArn);
  });
});

describe('isAuthorized', () => {
  const assume = { action: 'sts:AssumeRole', resource: teamRoleArn };

  it('asks the role as it is now, not as it was when the session began', () => {
    const aws = aLocalAws();
    const role = roleOf(aws, functionRoleArn);
    const key = aws.credentials.issueSession({ role, sessionName: 'fn', durationSeconds: 900 });

    const before = isAuthorized(key, aws.roles, assume);
    aws.roles.set(role.arn, { ...role, policies: [] });
    const after = isAuthorized(key, aws.roles, assume);

    expect(before.allowed).toBe(true);
    expect(after.allowed).toBe(false);
  });

  it('lets a session policy take away and never add', () => {
    const aws = aLocalAws();
    const role = roleOf(aws, functionRoleArn);
    const sessionWith = (document: unknown) =>
      aws.credentials.issueSession({
        role,
        sessionName: 'fn',
        durationSeconds: 900,
        sessionPolicy: aPolicy(document, 'session'),
      });

    const wide = sessionWith(allow('*', '*'));
    const narrow = sessionWith(allow('sts:GetCallerIdentity', '*'));

    expect(isAuthorized(wide, aws.roles, assume).allowed).toBe(true);
    expect(isAuthorized(wide, aws.roles, { ...assume, action: 'iam:CreateRole' }).allowed).toBe(
      false,
    );
    expect(isAuthorized(narrow, aws.roles, assume).allowed).toBe(false);
  });

  it('does not let a request speak for the caller in the condition keys', () => {
    const aws = aLocalAws();
    const Condition = { ArnEquals: { 'aws:PrincipalArn': functionRoleArn } };
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition };
    const policies = [aPolicy({ Statement: statement })];
    const user = aws.credentials.issueUserKey({ account, name: 'mallory', policies });

    const context = new Map([['aws:principalarn', functionRoleArn]]);

    expect(isAuthorized(user, aws.roles, { ...assume, context }).allowed).toBe(false);
  });
});
