import fc from 'fast-check';
import { expect, it } from 'vitest';
import { credentialStore } from '../../../../local/aws/credentials.ts';
import { account, aLocalAws, noon, roleOf, teamRoleArn } from './a-local-aws.ts';

const anHour = { sessionName: 'api', durationSeconds: 3600 };

it('issues session credentials of the shape that STS gives', () => {
  const aws = aLocalAws();

  const session = aws.credentials.issueSession({ role: roleOf(aws, teamRoleArn), ...anHour });

  expect(session.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(session.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect(session.principal).toEqual({
    account,
    arn: `arn:aws:sts::${account}:assumed-role/tokenvend-payments/api`,
    userId: 'AROATEAMTEAMTEAMTEAM1:api',
    principalArn: teamRoleArn,
    roleName: 'tokenvend-payments',
  });
});

it('issues session tokens whose length and alphabet test every transport', () => {
  const role = roleOf(aLocalAws(), teamRoleArn);
  const bytes = fc.uint8Array({ minLength: 1000, maxLength: 1000 });

  fc.assert(
    fc.property(fc.nat(255), bytes, (first, noise) => {
      const random = (size: number) => (size === 1 ? Uint8Array.of(first) : noise.slice(0, size));
      const { sessionToken } = credentialStore({ clock: () => noon, random }).issueSession({
        role,
        ...anHour,
      });

      expect(sessionToken).toMatch(/^[A-Za-z0-9+/]{602,1198}==$/);
    }),
  );
});

it('leaves the path of a role out of the session ARN, as STS does', () => {
  const { credentials } = aLocalAws();
  const role = { arn: `arn:aws-cn:iam::${account}:role/teams/eu/payments`, roleId: 'AROAX' };

  const { principal } = credentials.issueSession({ role, ...anHour });

  expect(principal.arn).toBe(`arn:aws-cn:sts::${account}:assumed-role/payments/api`);
  expect(principal.principalArn).toBe(role.arn);
});

it('ends a session a whole number of seconds after it began', () => {
  const aws = aLocalAws();
  aws.now = new Date('2026-01-01T12:00:00.700Z');

  const session = aws.credentials.issueSession({ role: roleOf(aws, teamRoleArn), ...anHour });

  expect(session.expiresAt.toISOString()).toBe('2026-01-01T13:00:00.000Z');
});

it('gives two sessions of one role different keys', () => {
  const aws = aLocalAws();
  const role = roleOf(aws, teamRoleArn);

  const [one, other] = [
    aws.credentials.issueSession({ role, ...anHour }),
    aws.credentials.issueSession({ role, ...anHour }),
  ];

  expect(one.accessKeyId).not.toBe(other.accessKeyId);
  expect(one.secretAccessKey).not.toBe(other.secretAccessKey);
  expect(aws.credentials.find(one.accessKeyId)).toBe(one);
  expect(aws.credentials.find(other.accessKeyId)).toBe(other);
});

it('remembers an ended session for an hour, and then forgets it', () => {
  const aws = aLocalAws();
  const role = roleOf(aws, teamRoleArn);
  const ended = aws.credentials.issueSession({ role, ...anHour });

  aws.now = new Date('2026-01-01T14:00:00Z');
  aws.credentials.issueSession({ role, ...anHour });
  const atTheHour = aws.credentials.find(ended.accessKeyId);
  aws.now = new Date('2026-01-01T14:00:01Z');
  aws.credentials.issueSession({ role, ...anHour });
  const later = aws.credentials.find(ended.accessKeyId);

  expect(atTheHour).toBe(ended);
  expect(later).toBeUndefined();
});

it('never forgets the key of a user', () => {
  const aws = aLocalAws();
  const user = aws.credentials.issueUserKey({ account, name: 'ci', policies: [] });

  aws.now = new Date('2036-01-01T12:00:00Z');
  aws.credentials.issueSession({ role: roleOf(aws, teamRoleArn), ...anHour });

  expect(user.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(aws.credentials.find(user.accessKeyId)?.principal.arn).toBe(
    `arn:aws:iam::${account}:user/ci`,
  );
});
