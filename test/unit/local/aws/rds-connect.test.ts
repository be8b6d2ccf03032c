import { describe, expect, it } from 'vitest';
import { checkRdsToken } from '../../../../local/aws/rds-connect.ts';
import { defineRole } from '../../../../local/aws/roles.ts';
import { account, aLocalAws, allow, noon, teamRoleArn, teamTrust, userArn } from './a-local-aws.ts';
import { aLogin, aTeamSession, aToken } from './an-rds-login.ts';

describe('a token of a session that may connect', () => {
  it('opens the database, and tells whose session it is', async () => {
    const aws = aLocalAws();
    const token = await aToken(aTeamSession(aws));

    const decision = checkRdsToken(aLogin(aws, token));

    expect(decision).toMatchObject({
      ok: true,
      arn: `arn:aws:sts::${account}:assumed-role/tokenvend-payments/api`,
      principal: { sourceIdentity: 'api', roleName: 'tokenvend-payments' },
    });
  });

  it('opens it whatever the order of its parameters', async () => {
    const aws = aLocalAws();
    const token = await aToken(aTeamSession(aws));
    const [address, query = ''] = token.split('/?');

    const reversed = `${address}/?${query.split('&').reverse().join('&')}`;

    expect(checkRdsToken(aLogin(aws, reversed)).ok).toBe(true);
  });

  it('opens it for a user who has no session', async () => {
    const aws = aLocalAws();
    const policies = [...(aws.roles.get(teamRoleArn)?.policies ?? [])];
    const token = await aToken(aws.credentials.issueUserKey({ account, name: 'ops', policies }));

    expect(checkRdsToken(aLogin(aws, token))).toMatchObject({
      ok: true,
      arn: `arn:aws:iam::${account}:user/ops`,
    });
  });
});

describe('how long a token lives', () => {
  it.each([
    [-301, 'not-yet-valid'],
    [-300, undefined],
    [0, undefined],
    [899, undefined],
    [900, 'expired'],
  ])('%d s after it was signed', async (seconds, reason) => {
    const aws = aLocalAws();
    const token = await aToken(aTeamSession(aws));

    const now = new Date(noon.getTime() + seconds * 1000);
    const decision = checkRdsToken(aLogin(aws, token, { now }));

    expect(decision).toMatchObject(reason === undefined ? { ok: true } : { ok: false, reason });
  });

  it('A18: ends with the session that signed it', async () => {
    const aws = aLocalAws();
    aws.now = new Date('2026-01-01T11:01:00Z');
    const token = await aToken(aTeamSession(aws));

    const at = (time: string) => checkRdsToken(aLogin(aws, token, { now: new Date(time) }));

    expect(at('2026-01-01T12:00:59Z').ok).toBe(true);
    expect(at('2026-01-01T12:01:00Z')).toEqual({ ok: false, reason: 'session-ended' });
  });

  it.each([901, 0, 604800])('is not %d s by its own account', async (expiresIn) => {
    const aws = aLocalAws();
    const token = await aToken(aTeamSession(aws), { expiresIn });

    expect(checkRdsToken(aLogin(aws, token))).toEqual({ ok: false, reason: 'malformed' });
  });
});

describe('what IAM says', () => {
  const reasonWith = async (
    teamPolicies: readonly unknown[],
    sessionPolicy?: unknown,
    login: Partial<Parameters<typeof checkRdsToken>[0]> = {},
  ) => {
    const aws = aLocalAws({ teamPolicies });
    const token = await aToken(aTeamSession(aws, sessionPolicy));
    const decision = checkRdsToken(aLogin(aws, token, login));
    return decision.ok ? 'ok' : decision.reason;
  };
  const connect = allow('rds-db:connect', userArn);

  it.each<[string, unknown[], unknown, string]>([
    ['role and session allow', [connect], connect, 'ok'],
    ['the role allows more than the session', [allow('rds-db:*', '*')], connect, 'ok'],
    ['A17: the role allows nothing', [], connect, 'not-authorized'],
    [
      'the role allows another user',
      [allow('rds-db:connect', `${userArn}2`)],
      undefined,
      'not-authorized',
    ],
    [
      'the session allows another user',
      [allow('rds-db:*', '*')],
      allow('rds-db:connect', `${userArn}2`),
      'not-authorized',
    ],
    ['another action is allowed', [allow('rds:Connect', '*')], undefined, 'not-authorized'],
    [
      'A16: a variable stands for the user',
      [allow('rds-db:connect', userArn.replace('orders_app', `\${aws:username}`))],
      undefined,
      'not-authorized',
    ],
  ])('%s', async (_, teamPolicies, sessionPolicy, reason) => {
    expect(await reasonWith(teamPolicies, sessionPolicy)).toBe(reason);
  });

  it('refuses a principal of another account than the database’s', async () => {
    expect(await reasonWith([allow('*', '*')], undefined, { account: '444455556666' })).toBe(
      'not-authorized',
    );
  });

  it('takes either resource id during a switch-over, and no third one', async () => {
    const green = { resourceIds: ['db-GREEN', 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ'] };

    expect(await reasonWith([connect], undefined, green)).toBe('ok');
    expect(await reasonWith([connect], undefined, { resourceIds: ['db-GREEN'] })).toBe(
      'not-authorized',
    );
  });

  it('refuses sessions that were issued before the role was revoked', async () => {
    const aws = aLocalAws();
    const before = await aToken(aTeamSession(aws));
    const revoke = {
      Statement: {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-01-01T12:00:10Z' } },
      },
    };

    aws.roles.set(teamRoleArn, aTeamRole('AROATEAMTEAMTEAMTEAM1', [connect, revoke]));
    aws.now = new Date('2026-01-01T12:00:11Z');
    const after = await aToken(aTeamSession(aws));

    expect(checkRdsToken(aLogin(aws, before))).toEqual({ ok: false, reason: 'not-authorized' });
    expect(checkRdsToken(aLogin(aws, after)).ok).toBe(true);
  });

  it('A12: refuses a session whose role was deleted, or created again under its name', async () => {
    const aws = aLocalAws();
    const token = await aToken(aTeamSession(aws));

    aws.roles.set(teamRoleArn, aTeamRole('AROATEAMTEAMTEAMTEAM2', [connect]));
    const created = checkRdsToken(aLogin(aws, token));
    aws.roles.delete(teamRoleArn);
    const deleted = checkRdsToken(aLogin(aws, token));

    expect(created).toEqual({ ok: false, reason: 'not-authorized' });
    expect(deleted).toEqual({ ok: false, reason: 'not-authorized' });
  });
});

function aTeamRole(roleId: string, policies: readonly unknown[]) {
  return defineRole({ arn: teamRoleArn, roleId, trustPolicy: teamTrust, policies });
}
