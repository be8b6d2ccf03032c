import { describe, expect, it } from 'vitest';
import { compileDatabase } from '../../../../core/registry/compile-database.ts';
import type { Database, DatabaseUser } from '../../../../core/registry/model.ts';
import { aDraft } from '../../../builders/drafts.ts';
import { withDatabase, withTeam, withUser } from '../../../builders/registry-files.ts';

const payments = 'arn:aws:iam::111122223333:role/tokenvend-payments';
const elsewhere = 'arn:aws:iam::444455556666:role/tokenvend-payments';
const externalId = '3f1c7a52-payments';

function compiled(changes: Parameters<typeof aDraft>[0] = {}): Database {
  const draft = aDraft(changes);
  const entry = draft.databases.get('orders');
  if (entry === undefined) throw new Error('the database was left out of the draft');
  return compileDatabase('orders', entry, draft);
}

const userOf = (entry: Record<string, unknown>): DatabaseUser | undefined =>
  compiled(withUser('added', entry)).users[0];

describe('a compiled database', () => {
  it('holds what its entry says, and what follows from it', () => {
    expect(compiled()).toStrictEqual({
      name: 'orders',
      engine: 'postgres',
      host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
      port: 5432,
      region: 'eu-west-1',
      partition: 'aws',
      account: '111122223333',
      resourceIds: ['db-ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
      dbname: 'orders',
      caBundle: 'eu-west-1',
      users: [
        { name: 'orders_app', grants: [{ team: 'payments', roleArn: payments, externalId }] },
      ],
    });
  });

  it('may name no database within its server', () => {
    expect(compiled(withDatabase({ dbname: undefined }))).not.toHaveProperty('dbname');
  });

  it.each([
    ['an instance', 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com', 'eu-west-1'],
    ['a proxy', 'orders.proxy-c9akciq32abc.eu-west-1.rds.amazonaws.com', 'amazon-roots'],
  ])('names the roots that %s is verified with', (_, host, caBundle) => {
    expect(compiled(withDatabase({ host })).caBundle).toBe(caBundle);
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('in %s is in the partition %s', (region, partition) => {
    expect(compiled(withDatabase({ region })).partition).toBe(partition);
  });

  it('has its users in the order of their names', () => {
    const user = { teams: ['payments'] };
    const { users } = compiled(withDatabase({ users: { b: user, z: user, a: user } }));

    expect(users.map(({ name }) => name)).toEqual(['a', 'b', 'orders_app', 'z']);
  });
});

describe('a compiled user', () => {
  it('is granted to each of its teams and members once, a team before its members', () => {
    const user = userOf({
      teams: ['payments', 'payments'],
      members: ['payments/deploy', 'payments/api'],
    });
    const role = { team: 'payments', roleArn: payments, externalId };

    expect(user).toStrictEqual({
      name: 'added',
      grants: [role, { ...role, member: 'api' }, { ...role, member: 'deploy' }],
    });
  });

  it('may be granted to members alone', () => {
    expect(userOf({ members: ['payments/api'] })?.grants).toMatchObject([{ member: 'api' }]);
  });

  it('is opened with the role in the account of its database', () => {
    const { users } = compiled({
      ...withTeam({ roles: [payments, elsewhere] }),
      ...withDatabase({ account: '444455556666' }),
    });

    expect(users[0]?.grants).toMatchObject([{ roleArn: elsewhere }]);
  });

  it('is opened without an external id where the team has none', () => {
    const { users } = compiled(withTeam({ externalId: undefined }));

    expect(users[0]?.grants).toStrictEqual([{ team: 'payments', roleArn: payments }]);
  });

  it('keeps its networks and its end', () => {
    const limits = { vendFromCidrs: ['203.0.113.0/24'], notAfter: '2027-01-31T01:00:00+01:00' };

    expect(userOf({ teams: ['payments'], ...limits })).toMatchObject({
      vendFromCidrs: ['203.0.113.0/24'],
      notAfterMs: Date.UTC(2027, 0, 31),
    });
  });
});

describe('a database that no check has let through', () => {
  it('is not compiled in a region that is none', () => {
    expect(() => compiled(withDatabase({ region: 'nowhere-1' }))).toThrow(
      'an unknown region passed the registry check',
    );
  });

  it.each([
    ['a team that is none', withUser('u', { teams: ['nobody'] })],
    ['a team without roles', withTeam({ roles: undefined })],
    ['a team with a role elsewhere', withTeam({ roles: [elsewhere] })],
    ['a team with an unreadable role', withTeam({ roles: ['arn:aws:iam::111122223333:root'] })],
  ])('is not compiled with a grant to %s', (_, changes) => {
    expect(() => compiled(changes)).toThrow('a grant without a role passed the registry check');
  });
});
