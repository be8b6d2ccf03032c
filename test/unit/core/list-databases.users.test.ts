import { describe, expect, it } from 'vitest';
import { authorize } from '../../../core/authorize.ts';
import { listDatabases, type OpenDatabase } from '../../../core/list-databases.ts';
import { keysOfIdentity } from '../../../core/registry/member-keys.ts';
import type { RegistrySlice } from '../../../core/registry/store.ts';
import { aCaller } from '../../builders/callers.ts';
import { startOfTest } from '../../builders/clock.ts';
import { aListing, aRegistry } from '../../builders/ports.ts';
import { aDatabase, aGrant, aMember, aSlice, aUser } from '../../builders/registry.ts';

const here = { now: startOfTest, sourceIp: '203.0.113.7' };

const database = aDatabase({
  users: [
    aUser({ name: 'shared', grants: [aGrant({ team: 'payments' }), aGrant({ team: 'ops' })] }),
    aUser({ name: 'orders_app', grants: [aGrant({ team: 'payments' })] }),
    aUser({ name: 'others', grants: [aGrant({ team: 'billing' })] }),
  ],
});
const twoTeams = aSlice({
  database,
  members: [aMember({ team: 'payments' }), aMember({ team: 'ops' })],
});

async function usersOf(slice: RegistrySlice): Promise<OpenDatabase['users']> {
  const registry = {
    listing: async () => ({
      ...aListing(slice, []),
      databasesOf: async () => ({ databases: [database], more: false }),
    }),
  };
  const query = { limit: 10, cursor: undefined };
  const { databases } = await listDatabases(registry, aCaller(), query, here);
  return databases.flatMap(({ users }) => users);
}

describe('the users that a listing names', () => {
  it('are exactly those that authorize would allow, with their teams', async () => {
    const listed = await usersOf(twoTeams);

    expect(listed).toEqual([
      { user: 'orders_app', teams: ['payments'] },
      { user: 'shared', teams: ['ops', 'payments'] },
    ]);
    for (const { user, teams } of listed) {
      for (const team of teams) {
        const wish = { database: database.name, user, team };
        expect(authorize(aCaller(), wish, twoTeams, here).allowed).toBe(true);
      }
    }
  });

  it('are looked up among the entries that the caller may satisfy', async () => {
    const registry = aRegistry(twoTeams);

    await listDatabases(registry, aCaller(), { limit: 10, cursor: undefined }, here);

    expect(registry.queries).toEqual([{ memberKeys: keysOfIdentity(aCaller()) }]);
  });

  it('are not those that are suspended', async () => {
    const slice = { ...twoTeams, suspensions: new Set([`user/${database.name}/shared`]) };

    expect((await usersOf(slice)).map(({ user }) => user)).toEqual(['orders_app']);
  });
});
