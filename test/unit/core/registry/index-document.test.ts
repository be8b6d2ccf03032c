import { describe, expect, it } from 'vitest';
import {
  databasesOf,
  indexDocument,
  issuerOf,
  listingOf,
  sliceOf,
} from '../../../../core/registry/index-document.ts';
import { keysOfIdentity } from '../../../../core/registry/member-keys.ts';
import type { Database } from '../../../../core/registry/model.ts';
import { aCaller, anIamCaller } from '../../../builders/callers.ts';
import { aDatabase, aGrant, aUser } from '../../../builders/registry.ts';
import { aCompiledRegistry, withMember } from '../../../builders/registry-files.ts';

const none: ReadonlySet<string> = new Set();
const cluster = 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';

describe('a slice', () => {
  const document = aCompiledRegistry(
    withMember({ issuer: 'cluster', subject: 'system:serviceaccount:payments:*' }),
  );
  const index = indexDocument(document);

  it('holds the members that may admit the caller, and no others', () => {
    const caller = aCaller({ issuer: cluster, subject: 'system:serviceaccount:payments:api' });
    const { members } = sliceOf(index, { memberKeys: keysOfIdentity(caller) }, none);

    expect(members.map(({ name }) => name)).toEqual(['api', 'added']);
  });

  it('finds a member by its pinned claim', () => {
    const caller = aCaller({
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:acme/payments:ref:refs/heads/main',
      claims: { repository_id: '123456789' },
    });
    const { members } = sliceOf(index, { memberKeys: keysOfIdentity(caller) }, none);

    expect(members.map(({ name }) => name)).toEqual(['deploy']);
  });

  it('finds an IAM caller by account and name', () => {
    const caller = anIamCaller({ principalName: 'nightly' });
    const { members } = sliceOf(index, { memberKeys: keysOfIdentity(caller) }, none);

    expect(members.map(({ name }) => name)).toEqual(['nightly']);
  });

  it('carries the version, the database asked for, and the suspensions', () => {
    const suspensions = new Set(['team/payments']);
    const slice = sliceOf(index, { memberKeys: [], database: 'orders' }, suspensions);

    expect(slice).toMatchObject({ version: document.version, members: [], suspensions });
    expect(slice.database?.name).toBe('orders');
  });

  it.each(['nowhere', 'constructor', '__proto__'])('has no database for %s', (database) => {
    expect(sliceOf(index, { memberKeys: [], database }, none).database).toBeUndefined();
  });
});

describe('an issuer', () => {
  const index = indexDocument(aCompiledRegistry());

  it('is found by its URL', () => {
    expect(issuerOf(index, cluster, none)).toMatchObject({
      found: true,
      issuer: { name: 'cluster' },
    });
  });

  it.each([`${cluster}/`, cluster.toUpperCase(), `${cluster}\n`, ''])(
    'is not found by %j',
    (url) => {
      expect(issuerOf(index, url, none)).toEqual({ found: false, reason: 'issuer-unknown' });
    },
  );

  it('is not found while it is suspended', () => {
    const lookup = issuerOf(index, cluster, new Set(['issuer/cluster']));

    expect(lookup).toEqual({ found: false, reason: 'issuer-suspended' });
  });
});

describe('the databases of a caller', () => {
  const granted = (name: string, ...teams: string[]): Database =>
    aDatabase({ name, users: [aUser({ grants: teams.map((team) => aGrant({ team })) })] });
  const index = indexDocument({
    version: 'v1',
    issuers: [],
    members: [],
    databases: [
      granted('d', 'a'),
      granted('b', 'a', 'b'),
      granted('a', 'b'),
      granted('c', 'c'),
      granted('e', 'a'),
    ],
  });
  const page = (teams: string[], limit: number, after?: string) => {
    const found = databasesOf(index, {
      grantees: teams,
      limit,
      ...(after === undefined ? {} : { after }),
    });
    return [found.databases.map(({ name }) => name).join(''), found.more];
  };

  it.each<[string, string[], number, string | undefined, [string, boolean]]>([
    ['of one team', ['a'], 10, undefined, ['bde', false]],
    ['of two teams, each database once', ['a', 'b'], 10, undefined, ['abde', false]],
    ['of no team', [], 10, undefined, ['', false]],
    ['of an unknown team', ['constructor'], 10, undefined, ['', false]],
    ['up to the limit, with more to come', ['a', 'b'], 3, undefined, ['abd', true]],
    ['up to the limit, when that is all', ['a'], 3, undefined, ['bde', false]],
    ['after a name', ['a', 'b'], 2, 'b', ['de', false]],
    ['after a name that is no longer there', ['a'], 1, 'c', ['d', true]],
    ['after the last', ['a'], 2, 'e', ['', false]],
  ])('are those %s', (_, teams, limit, after, expected) => {
    expect(page(teams, limit, after)).toEqual(expected);
  });

  it('A14: are under the name of the one member that they are granted to, and not under the team', () => {
    const users = [aUser({ grants: [aGrant({ team: 'a', member: 'deputy' })] })];
    const own = indexDocument({ ...aCompiledRegistry(), databases: [aDatabase({ users })] });
    const names = (grantee: string) =>
      databasesOf(own, { grantees: [grantee], limit: 9 }).databases.map(({ name }) => name);

    expect(names('a/deputy')).toEqual(['orders']);
    expect(names('a')).toEqual([]);
    expect(names('a/other')).toEqual([]);
  });

  it('are none of a team that nobody knows', () => {
    expect(databasesOf(index, { grantees: ['nobody'], limit: 1 }).databases).toEqual([]);
  });

  it('come with the version and the suspensions that they are of', async () => {
    const listing = listingOf(index, { memberKeys: [] }, new Set(['team/a']));
    const { databases } = await listing.databasesOf({ grantees: ['c'], limit: 1 });

    expect(listing).toMatchObject({ version: 'v1', suspensions: new Set(['team/a']) });
    expect(databases.map(({ name }) => name)).toEqual(['c']);
  });

  it('have a place in the list of each grantee, by which their names are found again', async () => {
    const { placeOf, nameAt } = listingOf(index, { memberKeys: [] }, none);

    expect(await Promise.all(['b', 'd', 'e'].map((name) => placeOf('a', name)))).toEqual([0, 1, 2]);
    expect(await placeOf('nobody', 'b')).toBe(-1);
    expect(await Promise.all([0, 1, 2, 3].map((at) => nameAt('a', at)))).toEqual([
      'b',
      'd',
      'e',
      undefined,
    ]);
    expect(await nameAt('nobody', 0)).toBeUndefined();
  });
});
