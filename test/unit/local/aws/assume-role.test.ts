import { describe, expect, it } from 'vitest';
import type { AccessKey } from '../../../../local/aws/access-key.ts';
import { assumeRole } from '../../../../local/aws/assume-role.ts';
import { StsError } from '../../../../local/aws/sts-error.ts';
import type { AssumeRoleRequest } from '../../../../local/aws/sts-request.ts';
import {
  account,
  aLocalAws,
  allow,
  aPolicy,
  functionRoleArn,
  type LocalAws,
  roleOf,
  teamRoleArn,
  teamTrust,
} from './a-local-aws.ts';

/** Everything that the team's trust policy asks for. */
const good: AssumeRoleRequest = {
  roleArn: teamRoleArn,
  roleSessionName: 'api-0123',
  durationSeconds: 3600,
  externalId: 'payments-external-id',
  sourceIdentity: 'api-0123',
};

/** Credentials of the tokens function, as Lambda hands them out. */
function theFunction(aws: LocalAws): AccessKey {
  const role = roleOf(aws, functionRoleArn);
  return aws.credentials.issueSession({ role, sessionName: 'tokens', durationSeconds: 43_200 });
}

function without(name: 'externalId' | 'sourceIdentity'): AssumeRoleRequest {
  const { [name]: _, ...rest } = good;
  return rest;
}

/** The error code that STS would answer with, or `ok`. */
function outcome(aws: LocalAws, caller: AccessKey, request: AssumeRoleRequest = good): string {
  try {
    assumeRole(aws, caller, request);
    return 'ok';
  } catch (error) {
    return error instanceof StsError ? error.code : 'crash';
  }
}

function withTrust(changes: object): LocalAws {
  return aLocalAws({ trust: { Statement: { ...teamTrust.Statement, ...changes } } });
}

function withFunctionPolicies(policies: readonly unknown[]): LocalAws {
  const aws = aLocalAws();
  const role = roleOf(aws, functionRoleArn);
  aws.roles.set(role.arn, { ...role, policies: policies.map((document) => aPolicy(document)) });
  return aws;
}

describe('a session', () => {
  it('is the role’s, with the name, the source identity and the policy that were asked for', () => {
    const aws = aLocalAws();
    const sessionPolicy = aPolicy(allow('rds-db:connect', '*'), 'session');

    const session = assumeRole(aws, theFunction(aws), { ...good, sessionPolicy });

    expect(session.sessionPolicy).toBe(sessionPolicy);
    expect(session.principal).toMatchObject({
      arn: `arn:aws:sts::${account}:assumed-role/tokenvend-payments/api-0123`,
      sourceIdentity: 'api-0123',
    });
  });
});

describe('the trust policy', () => {
  it.each<[string, AssumeRoleRequest]>([
    ['without its external id', without('externalId')],
    ['A14: with the external id of another team', { ...good, externalId: 'billing-external-id' }],
    ['without a source identity', without('sourceIdentity')],
    ['under the name of a role that does not exist', { ...good, roleArn: `${teamRoleArn}-2` }],
  ])('denies a request %s', (_, request) => {
    const aws = aLocalAws();

    expect(outcome(aws, theFunction(aws), request)).toBe('AccessDenied');
  });

  it.each([
    ['lacks sts:SetSourceIdentity', { Action: 'sts:AssumeRole' }],
    ['lacks sts:AssumeRole', { Action: 'sts:SetSourceIdentity' }],
    ['trusts another account', { Principal: { AWS: 'arn:aws:iam::444455556666:root' } }],
    ['trusts a service', { Principal: { Service: 'lambda.amazonaws.com' } }],
    ['denies', { Effect: 'Deny' }],
    ['has a condition that cannot be evaluated', { Condition: { NumericEquals: { 'a:b': '1' } } }],
  ])('denies everybody when it %s', (_, changes) => {
    const aws = withTrust(changes);

    expect(outcome(aws, theFunction(aws))).toBe('AccessDenied');
  });

  it('A12: denies a caller of the account whose role it does not name', () => {
    const aws = aLocalAws();
    const policies = [aPolicy(allow('*', '*'))];

    const mallory = aws.credentials.issueUserKey({ account, name: 'mallory', policies });

    expect(outcome(aws, mallory)).toBe('AccessDenied');
  });

  it('A12: denies a role of the same name under another path', () => {
    const aws = aLocalAws();
    const arn = functionRoleArn.replace('platform/', 'sandbox/');
    aws.roles.set(arn, { ...roleOf(aws, functionRoleArn), arn });
    const role = roleOf(aws, arn);

    const twin = aws.credentials.issueSession({ role, sessionName: 'x', durationSeconds: 900 });

    expect(outcome(aws, twin)).toBe('AccessDenied');
  });
});

describe('the caller’s own policies', () => {
  it.each([
    ['allow nothing', []],
    ['lack sts:SetSourceIdentity', [allow('sts:AssumeRole', '*')]],
    ['allow other roles only', [allow('sts:*', `arn:aws:iam::${account}:role/other-*`)]],
  ])('deny a caller whom the role trusts, when they %s', (_, policies) => {
    const aws = withFunctionPolicies(policies);

    expect(outcome(aws, theFunction(aws))).toBe('AccessDenied');
  });
});

describe('a chain of roles', () => {
  const open = {
    trust: { Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:*' } },
    teamPolicies: [allow('sts:*', '*')],
  };

  function janesSession(aws: LocalAws): AccessKey {
    return aws.credentials.issueSession({
      role: roleOf(aws, teamRoleArn),
      sessionName: 'first',
      sourceIdentity: 'jane',
      durationSeconds: 3600,
    });
  }

  it('carries the source identity on', () => {
    const aws = aLocalAws(open);

    const second = assumeRole(aws, janesSession(aws), without('sourceIdentity'));

    expect(second.principal.sourceIdentity).toBe('jane');
  });

  it('lets nobody change the source identity', () => {
    const aws = aLocalAws(open);

    expect(outcome(aws, janesSession(aws), { ...good, sourceIdentity: 'john' })).toBe(
      'AccessDenied',
    );
    expect(outcome(aws, janesSession(aws), { ...good, sourceIdentity: 'jane' })).toBe('ok');
  });

  it('lasts an hour at most, whatever the role allows', () => {
    const aws = aLocalAws(open);
    aws.roles.set(teamRoleArn, { ...roleOf(aws, teamRoleArn), maxSessionSeconds: 43_200 });
    const policies = [aPolicy(allow('sts:*', '*'))];
    const user = aws.credentials.issueUserKey({ account, name: 'ops', policies });

    const twoHours = { ...good, durationSeconds: 7200 };

    expect(outcome(aws, theFunction(aws), twoHours)).toBe('ValidationError');
    expect(outcome(aws, user, twoHours)).toBe('ok');
    expect(outcome(aws, user, { ...good, durationSeconds: 43_201 })).toBe('ValidationError');
  });
});
