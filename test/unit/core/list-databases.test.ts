import { describe, expect, it } from 'vitest';
import { listDatabases, type PageQuery } from '../../../core/list-databases.ts';
import type { Database } from '../../../core/registry/model.ts';
import type { RegistryStore } from '../../../core/registry/store.ts';
import { aCaller } from '../../builders/callers.ts';
import { startOfTest } from '../../builders/clock.ts';
import { aListing } from '../../builders/ports.ts';
import { aDatabase, aGrant, aMember, aSlice, aUser } from '../../builders/registry.ts';

const here = { now: startOfTest, sourceIp: '203.0.113.7' };
const stale = aCaller({ expiresAt: new Date(0) });

type Registry = Pick<RegistryStore, 'listing'>;
const expired = { code: 'UNAUTHENTICATED', reason: 'identity-expired' };

/** A registry with these databases, in pages as a store gives them out. */
const aPagedRegistry = (databases: readonly Database[], slice = aSlice()): Registry => ({
  listing: async () => aListing(slice, databases),
});

const named = (names: readonly string[]): Database[] => names.map((name) => aDatabase({ name }));

async function allPages(registry: Registry, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await listDatabases(registry, aCaller(), { limit, cursor }, here);
    pages.push(page.databases.map(({ name }) => name));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

const allNames = async (registry: Registry, limit: number): Promise<string[]> =>
  (await allPages(registry, limit)).flat();

const firstPage = { limit: 1, cursor: undefined };

/** The pages that were asked for, of a store that says each time that there is more. */
async function asked(query: PageQuery, databases: readonly Database[] = [], slice = aSlice()) {
  const wanted: unknown[] = [];
  const databasesOf = async (page: unknown) => {
    wanted.push(page);
    return { databases, more: true };
  };
  const registry = { listing: async () => ({ ...aListing(slice, []), databasesOf }) };
  return { page: await listDatabases(registry, aCaller(), query, here), wanted };
}

describe('listDatabases', () => {
  it('asks for the first page by the teams and memberships alone', async () => {
    const { wanted } = await asked(firstPage);

    expect(wanted).toStrictEqual([{ grantees: ['payments', 'payments/api-pods'], limit: 1 }]);
  });

  it('goes on after the last name of a page', async () => {
    const { page } = await asked(firstPage, named(['orders-2']));

    const { wanted } = await asked({ limit: 1, cursor: page.next ?? '' });

    expect(wanted).toMatchObject([{ after: 'orders-2' }]);
  });

  it('ends where a store says that there is more and gives nothing', async () => {
    expect((await asked(firstPage)).page).toEqual({ databases: [], next: null });
  });

  it('names no dbname where the registry names none', async () => {
    const { dbname: _, ...database } = aDatabase();

    const { page } = await asked(firstPage, [database]);

    expect(page.databases[0]).not.toHaveProperty('dbname');
  });

  it('says how to reach a database and as whom, and nothing of roles or resource ids', async () => {
    const page = await listDatabases(
      aPagedRegistry(named(['orders'])),
      aCaller(),
      { limit: 10, cursor: undefined },
      here,
    );

    expect(page).toEqual({
      databases: [
        {
          name: 'orders',
          engine: 'postgres',
          host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
          port: 5432,
          dbname: 'orders',
          region: 'eu-west-1',
          users: [{ user: 'orders_app', teams: ['payments'] }],
        },
      ],
      next: null,
    });
  });

  it.each([1, 2, 3, 4, 5, 100])('gives each database once, in pages of %d', async (limit) => {
    const names = ['a', 'b', 'c', 'd', 'e'];

    expect(await allNames(aPagedRegistry(named(names)), limit)).toEqual(names);
  });

  it.each<readonly [string, Partial<Parameters<typeof aMember>[0]>, readonly string[]]>([
    ['has run out', { notAfterMs: 0 }, []],
    ['is suspended', {}, ['member/payments/api-pods']],
    ['is of a suspended team', {}, ['team/payments']],
    ['is of a suspended issuer', {}, ['issuer/prod-cluster']],
  ])('A14: looks at nothing through a membership that %s', async (_, membership, suspended) => {
    const slice = aSlice({ members: [aMember(membership)], suspensions: new Set(suspended) });

    expect((await asked(firstPage, [], slice)).wanted).toEqual([{ grantees: [], limit: 1 }]);
  });

  it('A14: names no database of other members, on its pages or in a cursor', async () => {
    const secret = aUser({ grants: [aGrant({ member: 'engineer-1' })] });
    const hidden = ['b', 'd'].map((name) => aDatabase({ name, users: [secret] }));
    const registry = aPagedRegistry([...named(['a']), ...hidden, ...named(['e'])]);

    const first = await listDatabases(registry, aCaller(), firstPage, here);

    expect(first.next).toBe(Buffer.from('a').toString('base64url'));
    expect(await allPages(registry, 1)).toEqual([['a'], ['e']]);
  });

  it('hides what is granted to other members or teams only', async () => {
    const users = [
      aUser({ name: 'theirs', grants: [aGrant({ member: 'engineer-1' })] }),
      aUser({ name: 'hr', grants: [aGrant({ team: 'hr' })] }),
    ];
    const registry = aPagedRegistry([aDatabase({ name: 'a', users })]);

    expect(await allNames(registry, 10)).toEqual([]);
  });

  it('shows nothing through a member that the caller is filed under, and does not match', async () => {
    const members = [aMember({ claims: [{ key: 'env', match: { exact: 'production' } }] })];

    expect(await allNames(aPagedRegistry(named(['a']), aSlice({ members })), 10)).toEqual([]);
  });

  it('refuses a cursor that it did not give out, before it reads anything', async () => {
    const registry: Registry = { listing: () => Promise.reject(new Error('was read')) };

    const listing = listDatabases(registry, aCaller(), { limit: 1, cursor: 'orders' }, here);

    await expect(listing).rejects.toMatchObject({ reason: 'query-invalid' });
  });

  it('refuses an identity that has run out', async () => {
    const listing = listDatabases(aPagedRegistry([]), stale, { limit: 1, cursor: undefined }, here);

    await expect(listing).rejects.toMatchObject(expired);
  });
});
