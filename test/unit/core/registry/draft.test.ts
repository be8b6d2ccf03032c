import { describe, expect, it } from 'vitest';
import { type DraftDatabase, membersOf, usersOf } from '../../../../core/registry/draft.ts';

const aDatabase = (users: DraftDatabase['users']): DraftDatabase => ({
  engine: 'postgres',
  host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
  port: 5432,
  region: 'eu-west-1',
  account: '111122223333',
  resourceIds: ['db-A'],
  users,
});

const api = { issuer: 'cluster', subject: 'a' };
const web = { issuer: 'cluster', subject: 'b' };
const first = aDatabase(new Map([['app', { teams: ['one'] }]]));
const second = aDatabase(new Map([['app', { teams: ['two'] }]]));

const draft = {
  issuers: new Map(),
  teams: new Map([
    ['one', { members: new Map(Object.entries({ api, web })) }],
    ['two', { members: new Map(Object.entries({ api })) }],
  ]),
  databases: new Map(Object.entries({ first, second })),
  unreadable: new Set<string>(),
};

describe('the entries of a draft', () => {
  it('are the members of every team, each with its place', () => {
    expect(membersOf(draft)).toEqual([
      { path: ['teams', 'one', 'members', 'api'], team: 'one', name: 'api', member: api },
      { path: ['teams', 'one', 'members', 'web'], team: 'one', name: 'web', member: web },
      { path: ['teams', 'two', 'members', 'api'], team: 'two', name: 'api', member: api },
    ]);
  });

  it('are the users of every database, each with its place', () => {
    expect(usersOf(draft)).toEqual([
      {
        path: ['databases', 'first', 'users', 'app'],
        database: first,
        name: 'app',
        user: { teams: ['one'] },
      },
      {
        path: ['databases', 'second', 'users', 'app'],
        database: second,
        name: 'app',
        user: { teams: ['two'] },
      },
    ]);
  });
});
