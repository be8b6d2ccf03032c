import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamodbRegistry } from '../../../adapters/dynamodb-registry.ts';
import { databasesOf, indexDocument } from '../../../core/registry/index-document.ts';
import { aDynamodb, type WatchedDynamodb } from '../../builders/dynamodb.ts';
import { aLog, someCounters } from '../../builders/ports.ts';
import { aDatabase, aGrant, aUser } from '../../builders/registry.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

/** Two teams with several pages of names each, and every third database theirs in common. */
const document = {
  ...aCompiledRegistry(),
  databases: Array.from({ length: 900 }, (_, at) =>
    aDatabase({
      name: `db-${at}`,
      users: [
        aUser({
          grants: [
            ...(at % 3 !== 1 ? [aGrant()] : []),
            ...(at % 3 !== 2 ? [aGrant({ team: 'ledger' })] : []),
          ],
        }),
      ],
    }),
  ),
};
const index = indexDocument(document);

let dynamodb: WatchedDynamodb;
beforeAll(async () => {
  dynamodb = await aDynamodb();
  await dynamodb.publish(document);
});
afterAll(() => dynamodb.close());

function aStore() {
  const { table, clock } = dynamodb;
  const ports = { log: aLog(), counters: someCounters() };
  return createDynamodbRegistry({ table, clock, ...ports, maxRecords: 2_000 });
}

describe('listing from pages', () => {
  it.each([['payments'], ['ledger'], ['payments', 'ledger']])(
    'gives what an index gives, page by page to the end, to %s %s',
    async (...teams) => {
      const store = aStore();
      let after: string | undefined;
      for (let more = true; more; ) {
        const query = { grantees: teams, limit: 97, ...(after !== undefined && { after }) };

        const { databasesOf: list } = await store.listing({ memberKeys: [] });
        const page = await list(query);

        expect(page).toEqual(databasesOf(index, query));
        after = page.databases.at(-1)?.name;
        more = page.more;
      }
      expect(after).toBeDefined();
    },
  );

  it('reads the directory, one page and the databases', async () => {
    const store = aStore();
    dynamodb.callsSince();

    const { databasesOf: list } = await store.listing({ memberKeys: [] });
    await list({ grantees: ['payments'], limit: 20, after: 'db-4' });

    expect(dynamodb.callsSince()).toEqual([
      'GetItem',
      'BatchGetItem',
      'BatchGetItem',
      'BatchGetItem',
    ]);
  });

  it.each([0, 249, 250, 251, 499, 500, 599])('finds the place %d on its page', async (place) => {
    const { placeOf, nameAt } = await aStore().listing({ memberKeys: [] });

    const name = (await nameAt('payments', place)) ?? '';

    expect(name).toBe(index.databasesByGrantee.get('payments')?.[place]?.name);
    expect(await placeOf('payments', name)).toBe(place);
  });

  it.each([
    ['strangers', 'db-1'],
    ['payments', 'db-00'],
  ])('takes a database that %s should have, and has not, for damage', async (grantee, name) => {
    const { placeOf } = await aStore().listing({ memberKeys: [] });

    await expect(placeOf(grantee, name)).rejects.toMatchObject({ reason: 'registry-unavailable' });
  });

  it('A23: is of the edition that the members were read from, whatever is published meanwhile', async () => {
    const store = aStore();
    const listing = await store.listing({ memberKeys: [] });
    await dynamodb.publish({ ...document, version: 'emptied', databases: [] });
    dynamodb.clock.advance(10);

    const page = await listing.databasesOf({ grantees: ['payments'], limit: 20 });

    expect((await store.listing({ memberKeys: [] })).version).toBe('emptied');
    expect(page).toEqual(databasesOf(index, { grantees: ['payments'], limit: 20 }));
  });
});
