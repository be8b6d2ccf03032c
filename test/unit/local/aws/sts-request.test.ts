import { describe, expect, it } from 'vitest';
import { StsError } from '../../../../local/aws/sts-error.ts';
import { readAssumeRole, readQueryRequest } from '../../../../local/aws/sts-request.ts';
import { allow, teamRoleArn, userArn } from './a-local-aws.ts';

const good = {
  Version: '2011-06-15',
  Action: 'AssumeRole',
  RoleArn: teamRoleArn,
  RoleSessionName: 'api',
};

function read(changes: Record<string, string | undefined>) {
  const entries = Object.entries({ ...good, ...changes });
  return readAssumeRole(
    new Map(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  );
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof StsError) return error.code;
  }
  return 'none';
}

/** A session policy of exactly `length` characters. */
function aPolicyText(length: number): string {
  const text = JSON.stringify(allow('rds-db:connect', userArn));
  return text + ' '.repeat(length - text.length);
}

describe('readQueryRequest', () => {
  it('decodes a form', () => {
    const { action, parameters } = readQueryRequest(
      'Action=AssumeRole&Version=2011-06-15&A=b+c%2Bd',
    );

    expect(action).toBe('AssumeRole');
    expect(parameters.get('A')).toBe('b c+d');
  });

  it.each([
    ['Action=AssumeRole', 'InvalidAction'],
    ['Action=AssumeRole&Version=2010-05-08', 'InvalidAction'],
    ['Version=2011-06-15&RoleArn=a&RoleArn=b', 'ValidationError'],
  ])('refuses %s with %s', (body, code) => {
    expect(codeOf(() => readQueryRequest(body))).toBe(code);
  });
});

describe('readAssumeRole', () => {
  it('takes an hour for the duration unless told', () => {
    expect(read({})).toEqual({
      roleArn: teamRoleArn,
      roleSessionName: 'api',
      durationSeconds: 3600,
    });
  });

  it.each([
    ['RoleArn', undefined],
    ['RoleArn', 'arn:aws:iam::111122223333:user/tokenvend-payments'],
    ['RoleArn', 'arn:aws:iam::1111:role/tokenvend-payments'],
    ['RoleSessionName', undefined],
    ['RoleSessionName', 'a'],
    ['RoleSessionName', 'a'.repeat(65)],
    ['RoleSessionName', 'system:serviceaccount'],
    ['RoleSessionName', 'api\n'],
    ['SourceIdentity', 'a'],
    ['SourceIdentity', 'a'.repeat(65)],
    ['SourceIdentity', 'repo/main'],
    ['ExternalId', 'x'],
    ['ExternalId', 'x'.repeat(1225)],
    ['ExternalId', 'a b'],
    ['DurationSeconds', '899'],
    ['DurationSeconds', '900.5'],
    ['DurationSeconds', '9e2'],
    ['DurationSeconds', ''],
    ['Policy', ''],
    ['Policy', aPolicyText(2049)],
    ['Tags.member.1.Key', 'team'],
  ])('refuses %s of %j as a validation error', (name, value) => {
    expect(codeOf(() => read({ [name]: value }))).toBe('ValidationError');
  });

  it.each([
    ['RoleSessionName', 'a=b,c.d@e-f+g_'.padEnd(64, 'x')],
    ['SourceIdentity', 'a'.repeat(64)],
    ['ExternalId', 'a:b/c=d'],
    ['DurationSeconds', '900'],
    ['Policy', aPolicyText(2048)],
  ])('takes %s of %j', (name, value) => {
    expect(codeOf(() => read({ [name]: value }))).toBe('none');
  });

  it.each([
    '{',
    '[]',
    '{"Statement":[]}',
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow"}}',
  ])('refuses the session policy %s as malformed', (Policy) => {
    expect(codeOf(() => read({ Policy }))).toBe('MalformedPolicyDocument');
  });

  it('tells how much of the packed limit a policy takes', () => {
    expect(read({ Policy: aPolicyText(2048) }).packedPolicySize).toBe(100);
    expect(read({ Policy: aPolicyText(512) }).packedPolicySize).toBe(25);
  });
});
