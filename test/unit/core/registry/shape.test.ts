import { describe, expect, it } from 'vitest';
import { findingsWith } from '../../../builders/drafts.ts';
import {
  placesWith,
  problemsWith,
  withDatabase,
  withIssuer,
  withMember,
  withTeam,
  withUser,
} from '../../../builders/registry-files.ts';

describe('the shape of the registry', () => {
  it.each([
    ['an unknown section', { colours: {} }, 'colours'],
    ['an unknown key of an issuer', withIssuer({ aud: 'x' }), 'issuers.cluster.aud'],
    ['an unknown key of a team', withTeam({ role: 'x' }), 'teams.payments.role'],
    [
      'an unknown key of a member',
      withMember({ issuer: 'cluster', sub: 'x' }),
      'teams.payments.members.added.sub',
    ],
    ['an unknown key of a database', withDatabase({ hosts: [] }), 'databases.orders.hosts'],
    [
      'an unknown key of a user',
      withUser('u', { team: 'payments' }),
      'databases.orders.users.u.team',
    ],
    ['another version', { version: 2 }, 'version'],
    ['a name with capitals', { teams: { Payments: {} } }, 'teams.Payments'],
    ['a name with a dot', { databases: { 'a.b': {} } }, 'databases["a.b"]'],
    ['an empty list of audiences', withIssuer({ audiences: [] }), 'issuers.cluster.audiences'],
    ['A10: an empty audience', withIssuer({ audiences: [''] }), 'issuers.cluster.audiences[0]'],
    ['A10: an empty URL', withIssuer({ url: '' }), 'issuers.cluster.url'],
    [
      'A10: an empty subject',
      withMember({ issuer: 'cluster', subject: '' }),
      'teams.payments.members.added.subject',
    ],
    [
      'A10: an empty claim',
      withMember({ issuer: 'cluster', claims: { a: '' } }),
      'teams.payments.members.added.claims.a',
    ],
    [
      'A10: an empty list as a claim',
      withMember({ issuer: 'cluster', claims: { a: [] } }),
      'teams.payments.members.added.claims.a',
    ],
    [
      'A10: nothing as a claim',
      withMember({ issuer: 'cluster', claims: { a: null } }),
      'teams.payments.members.added.claims.a',
    ],
    [
      'A9: a map as a claim',
      withMember({ issuer: 'cluster', claims: { a: { b: 'c' } } }),
      'teams.payments.members.added.claims.a',
    ],
    [
      'A10: a claim without a name',
      withMember({ issuer: 'cluster', claims: { '': 'c' } }),
      'teams.payments.members.added.claims[""]',
    ],
    ['an empty list of teams', withUser('u', { teams: [] }), 'databases.orders.users.u.teams'],
    [
      'an empty list of networks',
      withUser('u', { teams: ['payments'], vendFromCidrs: [] }),
      'databases.orders.users.u.vendFromCidrs',
    ],
    [
      'an account without quotes',
      withDatabase({ account: 111122223333 }),
      'databases.orders.account',
    ],
    ['a short account', withDatabase({ account: '1111' }), 'databases.orders.account'],
    ['a port below 1150', withDatabase({ port: 1149 }), 'databases.orders.port'],
    ['a port above 65535', withDatabase({ port: 65_536 }), 'databases.orders.port'],
    ['another engine', withDatabase({ engine: 'oracle' }), 'databases.orders.engine'],
    ['a database without a host', withDatabase({ host: undefined }), 'databases.orders.host'],
    [
      'A4: the algorithm none',
      withIssuer({ algorithms: ['none'] }),
      'issuers.cluster.algorithms[0]',
    ],
    [
      'A4: a symmetric algorithm',
      withIssuer({ algorithms: ['HS256'] }),
      'issuers.cluster.algorithms[0]',
    ],
    [
      'A7: tokens that may live for ten years',
      withIssuer({ maxTokenLifetimeSeconds: 315_360_000 }),
      'issuers.cluster.maxTokenLifetimeSeconds',
    ],
    [
      'a day that does not exist',
      withUser('u', { teams: ['payments'], notAfter: '2027-02-30T00:00:00Z' }),
      'databases.orders.users.u.notAfter',
    ],
    [
      'a time without an offset',
      withUser('u', { teams: ['payments'], notAfter: '2027-02-01T00:00:00' }),
      'databases.orders.users.u.notAfter',
    ],
    [
      'a member named without its team',
      withUser('u', { members: ['api'] }),
      'databases.orders.users.u.members[0]',
    ],
    [
      'five resource ids',
      withDatabase({ resourceId: Array(5).fill('db-A') }),
      'databases.orders.resourceId',
    ],
  ])('refuses %s', (_, changes, place) => {
    expect(findingsWith(changes)).toEqual([`error ${place}`]);
  });

  it('leaves an entry of a wrong shape out, and does not complain about references to it', () => {
    expect(findingsWith(withTeam({ colour: 'red' }))).toEqual(['error teams.payments.colour']);
  });

  it.each(['constructor', 'to-string', 'valueof'])('takes %s for a name like any other', (name) => {
    expect(findingsWith(withUser('u', { teams: [name] }))).toEqual([
      'error databases.orders.users.u.teams[0]',
    ]);
  });

  it('says every problem in a sentence', () => {
    const problems = problemsWith({ a: 1, version: 2, issuers: { cluster: { audiences: 5 } } });

    expect(problems.map(({ message }) => /^[A-Z].+\.$/.test(message))).toEqual([true, true, true]);
  });
});

describe('an entry of which one part has a wrong shape', () => {
  it('is checked all the same in its other parts, and what is missing is no second problem', () => {
    const places = placesWith({
      ...withMember({ issuer: 'cluster', subject: '' }),
      ...withDatabase({
        host: 'Orders.cluster-custom-c9akciq32abc.eu-west-1.rds.amazonaws.com',
        port: 80,
        users: {
          app: { members: ['payments/added'] },
          broken: { team: 'payments' },
          'a*b': { teams: ['payments'] },
        },
      }),
    });

    expect(places).toEqual([
      'error teams.payments.members.added.subject',
      'error databases.orders.host',
      'error databases.orders.port',
      'error databases.orders.users.broken.team',
      'error databases.orders.users["a*b"]',
    ]);
  });

  it('hides no issuer, team or member that it stands beside', () => {
    const places = placesWith({
      ...withIssuer({ algorithms: ['HS256'], url: 'https://Example.com' }),
      ...withTeam({
        roles: ['arn:aws:iam::111122223333:role/other'],
        members: {
          root: { iamRole: 'arn:aws:iam::111122223333:root' },
          empty: { issuer: 'cluster', subject: '' },
        },
      }),
    });

    expect(places).toEqual(
      expect.arrayContaining([
        'error issuers.cluster.algorithms[0]',
        'error issuers.cluster.url',
        'error teams.payments.roles[0]',
        'error teams.payments.members.root.iamRole',
        'error teams.payments.members.empty.subject',
      ]),
    );
  });
});
