import { describe, expect, it } from 'vitest';
import {
  refusalAdvice,
  refusedBeforeToken,
} from '../../../../../clients/cli/doctor/login-advice.ts';
import { findingText } from '../../../../../clients/cli/doctor/print-finding.ts';
import { checkToken } from '../../../../../clients/cli/doctor/token-check.ts';
import { anAnswer, aToken } from '../../../../builders/answers.ts';

describe('what a refusal means', () => {
  it.each([
    ['postgres', '28000', /rds_iam/],
    ['postgres', '28000', /rds-db:connect/],
    ['postgres', '28000', /iam-db-auth-error/],
    ['postgres', '28000', /Kerberos/],
    ['postgres', '28000', /replication/],
    ['postgres', '28000', /SCP/],
    ['postgres', '28000', /session over/],
    ['postgres', '28P01', /GRANT rds_iam/],
    ['postgres', '3D000', /dbname/],
    ['mysql', '1045', /AWSAuthenticationPlugin/],
    ['mysql', '1524', /IAM authentication on/],
    ['mariadb', '1045', /rds-db:connect/],
    ['mariadb', '1045', /SCP/],
  ] as const)('for %s and %s names %s', (engine, code, what) => {
    expect(refusalAdvice[engine].get(code)).toMatch(what);
  });

  it('is another thing before a token was asked for', () => {
    expect(refusedBeforeToken.postgres.get('28000')).toMatch(/pg_hba/);
    expect(refusedBeforeToken.postgres.get('3D000')).toBe(refusalAdvice.postgres.get('3D000'));
  });
});

describe('the check of the token', () => {
  it('says how long it is and what it is for, and not the token', () => {
    const { status, saw } = checkToken(anAnswer());

    expect(status).toBe('ok');
    expect(saw).toContain('orders_app, eu-west-1');
    expect(saw).not.toContain('X-Amz');
  });

  it.each([
    ['host', anAnswer({ token: aToken({ host: 'other.example.com' }) })],
    ['port', anAnswer({ token: aToken({ port: 1 }) })],
    ['user', anAnswer({ user: 'other' })],
    ['Region', anAnswer({ database: { ...anAnswer().database, region: 'us-east-1' } })],
    ['form', anAnswer({ token: 'none' })],
  ])('fails for a token of another %s', (_, answer) => {
    expect(checkToken(answer)).toMatchObject({ status: 'failed', exitCode: 6 });
  });

  it.each([
    [2048, 'ok'],
    [2049, 'warning'],
    [4083, 'warning'],
  ])('of %i characters is %s', (tokenLength, status) => {
    expect(checkToken(anAnswer({ tokenLength })).status).toBe(status);
  });
});

it('a finding is printed without what a name could do to a terminal', () => {
  const finding = {
    check: 'team',
    status: 'failed',
    saw: 'evil\u001b[2J',
    todo: 'do\nthis',
  } as const;

  expect(findingText(finding, false)).toBe(
    'FAIL  team        evil?[2J\n                  do?this\n',
  );
  expect(findingText(finding, true)).toContain('\u001b[31mFAIL\u001b[0m');
});
