import { describe, expect, it } from 'vitest';
import { keyOfMember } from '../../../core/registry/member-keys.ts';
import type { RegistryDocument } from '../../../core/registry/model.ts';
import type { RegistryStore } from '../../../core/registry/store.ts';
import { aDatabase, aGrant, aMember, aUser } from '../../builders/registry.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

/** A store over a document, with these entries suspended. */
export type OpenStore = (
  document: RegistryDocument,
  suspended?: readonly string[],
) => Promise<RegistryStore>;

const key = keyOfMember(aMember());
const stranger = keyOfMember(aMember({ subject: { exact: 'system:serviceaccount:x:y' } }));
const githubUrl = 'https://token.actions.githubusercontent.com';
const base = aCompiledRegistry();

/** Two teams whose databases are mixed in the order of names; one database is both's. */
const document: RegistryDocument = {
  ...base,
  version: 'contract',
  members: [
    aMember(),
    aMember({ name: 'twin' }),
    aMember({ team: 'ledger', name: 'prefix', subject: { prefix: 'system:serviceaccount:' } }),
  ],
  databases: Array.from({ length: 9 }, (_, at) =>
    aDatabase({
      name: `db-${at}`,
      users: [
        aUser({
          grants: [
            ...(at % 2 === 0 || at === 3 ? [aGrant()] : []),
            ...(at % 2 === 1 ? [aGrant({ team: 'ledger' })] : []),
            ...(at === 5 ? [aGrant({ member: 'twin' })] : []),
            ...(at === 7 ? [aGrant({ member: '0' })] : []),
          ],
        }),
      ],
    }),
  ),
};

/** What every registry store promises, wherever it reads from. */
export function describeRegistryStore(kind: string, open: OpenStore): void {
  describe(`a registry in ${kind} keeps the contract of the port`, () => {
    it('finds every member filed under the keys, and the database', async () => {
      const slice = await (await open(document)).slice({ memberKeys: [key], database: 'db-3' });

      expect(slice.version).toBe('contract');
      expect(slice.members.map(({ name }) => name)).toEqual(['api-pods', 'twin']);
      expect(slice.database).toEqual(document.databases[3]);
      expect([...slice.suspensions]).toEqual([]);
    });

    it('begins a listing with what a slice says of the caller', async () => {
      const store = await open(document, ['team/ledger']);

      const listed = await store.listing({ memberKeys: [key] });
      const { databasesOf: _, placeOf: __, nameAt: ___, ...listing } = listed;

      expect(listing).toEqual(await store.slice({ memberKeys: [key] }));
      expect(listing.members).toHaveLength(2);
    });

    it('answers with nothing for what it does not hold', async () => {
      const store = await open(document);

      const slice = await store.slice({ memberKeys: [stranger], database: 'db-99' });

      expect(slice).toMatchObject({ members: [], database: undefined });
      expect((await store.slice({ memberKeys: [] })).database).toBeUndefined();
    });

    it('finds an issuer by its exact URL', async () => {
      const store = await open(document);

      expect(await store.issuer(githubUrl)).toMatchObject({
        found: true,
        issuer: { name: 'github' },
      });
      expect(await store.issuer(`${githubUrl}/`)).toEqual({
        found: false,
        reason: 'issuer-unknown',
      });
    });

    it('tells what is suspended, and finds no suspended issuer', async () => {
      const store = await open(document, ['issuer/github', 'user/db-1/orders_app']);

      const { suspensions } = await store.slice({ memberKeys: [] });

      expect([...suspensions].sort()).toEqual(['issuer/github', 'user/db-1/orders_app']);
      expect(await store.issuer(githubUrl)).toEqual({ found: false, reason: 'issuer-suspended' });
    });

    it.each<readonly [string, readonly string[], string | undefined, number, string[], boolean]>([
      ['of one team', ['payments'], undefined, 9, ['0', '2', '3', '4', '6', '8'], false],
      ['of two teams, each once', ['payments', 'ledger'], undefined, 4, ['0', '1', '2', '3'], true],
      ['after a name', ['ledger'], 'db-3', 9, ['5', '7'], false],
      ['after a name that is gone', ['ledger'], 'db-30', 1, ['5'], true],
      ['of an exact page', ['ledger'], undefined, 4, ['1', '3', '5', '7'], false],
      ['of one member', ['payments/twin'], undefined, 9, ['5'], false],
      ['of a member called as a page is', ['payments/0'], undefined, 9, ['7'], false],
      ['of one member, and nothing of another', ['ledger/twin'], undefined, 9, [], false],
      ['of nobody', ['strangers'], undefined, 9, [], false],
    ])('lists databases %s', async (_, grantees, after, limit, expected, more) => {
      const store = await open(document);

      const { databasesOf } = await store.listing({ memberKeys: [] });
      const page = await databasesOf({ grantees, limit, ...(after !== undefined && { after }) });

      expect(page.databases.map(({ name }) => name.slice(3))).toEqual(expected);
      expect(page.more).toBe(more);
    });

    it.each([
      ['payments', 'db-0', 0],
      ['payments', 'db-8', 5],
      ['ledger', 'db-3', 1],
      ['payments/twin', 'db-5', 0],
    ])('knows the place of a database in the list of %s: %s', async (grantee, name, place) => {
      const { placeOf, nameAt } = await (await open(document)).listing({ memberKeys: [] });

      expect(await placeOf(grantee, name)).toBe(place);
      expect(await nameAt(grantee, place)).toBe(name);
    });

    it.each([
      ['payments', 6],
      ['payments', 1_000],
      ['payments/twin', 1],
      ['strangers', 0],
    ])('has nothing in the list of %s at the place %d', async (grantee, place) => {
      const { nameAt } = await (await open(document)).listing({ memberKeys: [] });

      expect(await nameAt(grantee, place)).toBeUndefined();
    });
  });
}
