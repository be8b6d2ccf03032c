import { describe, expect, it } from 'vitest';
import { findingsWith } from '../../../../builders/drafts.ts';
import { withDatabase, withTeam, withUser } from '../../../../builders/registry-files.ts';

const ownRole = 'arn:aws:iam::111122223333:role/tokenvend-payments';

describe("a team's roles", () => {
  it.each([
    ['a role of another name', 'arn:aws:iam::444455556666:role/payments'],
    ['a role that only holds the prefix', 'arn:aws:iam::444455556666:role/a-tokenvend-b'],
    ['a role with nothing after the prefix', 'arn:aws:iam::444455556666:role/tokenvend-'],
    ['a role below a path', 'arn:aws:iam::444455556666:role/path/tokenvend-payments'],
    ['a path of the right name', 'arn:aws:iam::444455556666:role/tokenvend-a/payments'],
    ['a pattern', 'arn:aws:iam::444455556666:role/tokenvend-*'],
    ['a user', 'arn:aws:iam::444455556666:user/tokenvend-payments'],
    ['no ARN', 'tokenvend-payments'],
    ['a second role in one account', 'arn:aws:iam::111122223333:role/tokenvend-other'],
    ['the same role again', ownRole],
    ['an account in another partition', 'arn:aws-us-gov:iam::111122223333:role/tokenvend-a'],
  ])('do not include %s', (_, role) => {
    const [place] = findingsWith(withTeam({ roles: [ownRole, role] }));

    expect(place).toBe('error teams.payments.roles[1]');
  });

  it('are not looked for where what is given is no role', () => {
    expect(findingsWith(withTeam({ roles: ['tokenvend-payments'] }))).toEqual([
      'error teams.payments.roles[0]',
      'error databases.orders.users.orders_app.teams[0]',
    ]);
  });

  it('may be one for each account', () => {
    const other = 'arn:aws:iam::444455556666:role/tokenvend-payments';

    expect(findingsWith(withTeam({ roles: [ownRole, other] }))).toEqual([]);
  });

  it.each(['x', 'a b', 'é1', 'a'.repeat(1225)])(
    'do not go with the external id %j',
    (externalId) => {
      expect(findingsWith(withTeam({ externalId }))).toEqual(['error teams.payments.externalId']);
    },
  );
});

describe('a grant', () => {
  const place = 'databases.orders.users.added';
  const placesFor = (user: { readonly [key: string]: unknown }) =>
    findingsWith(withUser('added', user));

  it.each([
    ['nobody', {}, place],
    ['a team that does not exist', { teams: ['nobody'] }, `${place}.teams[0]`],
    ['a member of a team that does not exist', { members: ['nobody/api'] }, `${place}.members[0]`],
    ['a member that does not exist', { members: ['payments/nobody'] }, `${place}.members[0]`],
    [
      'a member of a name that objects have',
      { members: ['payments/constructor'] },
      `${place}.members[0]`,
    ],
    [
      'a network without a length',
      { teams: ['payments'], vendFromCidrs: ['203.0.113.0'] },
      `${place}.vendFromCidrs[0]`,
    ],
    [
      'a network that is too long',
      { teams: ['payments'], vendFromCidrs: ['203.0.113.0/33'] },
      `${place}.vendFromCidrs[0]`,
    ],
  ])('is not made to %s', (_, user, at) => {
    expect(placesFor(user)).toEqual([`error ${at}`]);
  });

  it('needs a role of the team in the account of the database', () => {
    expect(findingsWith(withDatabase({ account: '444455556666' }))).toEqual([
      'error databases.orders.users.orders_app.teams[0]',
    ]);
  });

  it('may be for a network', () => {
    expect(placesFor({ teams: ['payments'], vendFromCidrs: ['203.0.113.0/24'] })).toEqual([]);
  });

  it('may be made to one member of a team', () => {
    expect(placesFor({ members: ['payments/api'] })).toEqual([]);
  });

  it('to a team that cannot be read is not blamed for it', () => {
    const roles = withTeam({ roles: 5 });
    const member = {
      ...withTeam({ members: { broken: { issuer: 5 } } }),
      ...withUser('added', { members: ['payments/broken'] }),
    };

    expect(findingsWith(roles)).toEqual(['error teams.payments.roles']);
    expect(findingsWith(member)).toEqual(['error teams.payments.members.broken.issuer']);
  });

  it('to a member needs one as well', () => {
    const changes = withDatabase({
      account: '444455556666',
      users: { orders_app: { teams: undefined, members: ['payments/api'] } },
    });

    expect(findingsWith(changes)).toEqual(['error databases.orders.users.orders_app.members[0]']);
  });
});

describe('a database user', () => {
  it.each([
    ['A16: every user', '*'],
    ['A16: any character', 'a?'],
    ['A16: a policy variable', `\${aws:username}`],
    ['A16: a further part of the ARN', 'a/b'],
    ['white space', 'a b'],
    ['a line feed', 'a\n'],
    ['a character of no width', 'a\u00adb'],
    ['a character that STS refuses in a policy', 'a\u0131'],
    ['more than PostgreSQL keeps', 'a'.repeat(64)],
    ['more bytes than PostgreSQL keeps', 'ö'.repeat(32)],
  ])('is not %s', (_, user) => {
    const [place] = findingsWith(withUser(user));

    expect(place).toMatch(/^error databases\.orders\.users/);
  });

  it.each(['app', 'App-1', "o'brien", 'a"b', 'user@example.com', 'jörg'])('may be %s', (user) => {
    expect(findingsWith(withUser(user))).toEqual([]);
  });

  it('is at most as long as its engine keeps', () => {
    const changes = (length: number) =>
      withDatabase({ engine: 'mysql', users: { ['a'.repeat(length)]: { teams: ['payments'] } } });

    expect(findingsWith(changes(32))).toEqual([]);
    expect(findingsWith(changes(33))).toHaveLength(1);
  });

  it('is measured in characters where its engine does so', () => {
    const users = { ['ö'.repeat(32)]: { teams: ['payments'] } };

    expect(findingsWith(withDatabase({ engine: 'mysql', users }))).toEqual([]);
  });

  it.each(['postgres', 'admin', 'administrator', 'root', 'rdsadmin', 'rds_superuser', 'ROOT'])(
    'A17: is warned about as %s',
    (user) => {
      expect(findingsWith(withUser(user))).toEqual([`warning databases.orders.users.${user}`]);
    },
  );
});
