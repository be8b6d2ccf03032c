import { describe, expect, it } from 'vitest';
import type { FoundRole } from '../../../operator/drift/account-reader.ts';
import { verifyGrants } from '../../../operator/verify-grants.ts';
import { anAccount } from '../../builders/account.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

const arn = 'arn:aws:iam::111122223333:role/tokenvend-payments';
const user =
  'arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-ABCDEFGHIJKLMNOPQRSTUVWXYZ/orders_app';

const allow = { Effect: 'Allow', Action: 'rds-db:connect', Resource: user };
const deny = { ...allow, Effect: 'Deny' };

const aRole = (statements: readonly unknown[], parts: Partial<FoundRole> = {}): FoundRole => ({
  arn,
  trust: {},
  policies: statements.map((Statement) => ({ Version: '2012-10-17', Statement })),
  hasBoundary: false,
  ...parts,
});

const kindsWith = async (role: FoundRole) => {
  const account = anAccount({ roles: { 'tokenvend-payments': role } });
  return (await verifyGrants(aCompiledRegistry(), [account])).map(({ kind }) => kind);
};

describe('verifying grants', () => {
  it.each<[string, readonly unknown[]]>([
    ['names the user', [allow]],
    ['names it in a list', [{ ...allow, Resource: ['arn:other', user] }]],
    [
      'has a pattern for it',
      [{ ...allow, Action: 'rds-db:*', Resource: user.replace('_app', '_*') }],
    ],
    ['allows it under a condition', [{ ...allow, Condition: { Bool: { a: 'true' } } }]],
    [
      'denies the sessions of before',
      [
        allow,
        { ...deny, Resource: '*', Condition: { DateLessThan: { 'aws:TokenIssueTime': 'x' } } },
      ],
    ],
    ['denies another user', [allow, { ...deny, Resource: `${user}2` }]],
  ])('finds nothing where the role %s', async (_, statements) => {
    expect(await kindsWith(aRole(statements))).toEqual([]);
  });

  it.each<[string, readonly unknown[]]>([
    ['has no policy', []],
    ['allows another user', [{ ...allow, Resource: `${user}2` }]],
    [
      'allows it in another case',
      [{ ...allow, Resource: user.replace('orders_app', 'Orders_App') }],
    ],
    ['allows something else', [{ ...allow, Action: 's3:GetObject' }]],
    ['denies it as well', [allow, { ...deny, Resource: '*' }]],
    ['denies all but another', [allow, { ...deny, Resource: undefined, NotResource: 'arn:other' }]],
    ['has a policy that cannot be read', ['planted']],
  ])('finds a user that is not allowed where the role %s', async (_, statements) => {
    expect(await kindsWith(aRole(statements))).toEqual(['user-not-allowed']);
  });

  it('finds a role that is not there, or is there under another path', async () => {
    const elsewhere = aRole([allow], { arn: arn.replace('role/', 'role/teams/') });

    expect(await kindsWith(elsewhere)).toEqual(['role-missing']);
    expect(await verifyGrants(aCompiledRegistry(), [anAccount()])).toMatchObject([
      { kind: 'role-missing', role: arn },
    ]);
  });

  it('takes an account that nobody has read for one that lacks everything', async () => {
    const other = anAccount({ account: '444455556666' });

    expect(await verifyGrants(aCompiledRegistry(), [other])).toMatchObject([
      { kind: 'account-unread', message: expect.stringContaining('111122223333') },
    ]);
  });
});
