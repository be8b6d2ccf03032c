import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListQuery } from '../../../core/registry/store.ts';
import { aCaller } from '../../builders/callers.ts';
import { passedOn, signedByNightly } from '../../builders/events.ts';
import { bodyOf, databasesFunction } from '../../builders/handlers.ts';
import { recordOutput } from '../../builders/output.ts';
import { aListing, aRegistry } from '../../builders/ports.ts';
import { aDatabase, anIamMember, aSlice, aUser } from '../../builders/registry.ts';

let output: ReturnType<typeof recordOutput>;

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'tokenvend');
  output = recordOutput();
});
afterEach(() => output.stop());

const afterOrders = Buffer.from('orders').toString('base64url');

/** A registry that always has one more page, and notes what it was asked for. */
function endless() {
  const asked: ListQuery[] = [];
  const databasesOf = async (query: ListQuery) => {
    asked.push(query);
    return { databases: [aDatabase()], more: true };
  };
  const registry = {
    slice: aRegistry(aSlice()).slice,
    listing: async () => ({ ...aListing(aSlice(), []), databasesOf }),
  };
  return { asked, send: databasesFunction({ registry }) };
}

describe('GET /v1/databases', () => {
  it('lists what the caller may open', async () => {
    const answer = await databasesFunction()();

    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    });
    expect(bodyOf(answer)).toMatchObject({
      databases: [{ name: 'orders', users: [{ user: 'orders_app', teams: ['payments'] }] }],
      next: null,
    });
  });

  it('goes on where its cursor says', async () => {
    const { asked, send } = endless();

    const first = await send();
    await send({ query: { cursor: [afterOrders], limit: ['7'] } });

    expect(bodyOf(first)).toMatchObject({ next: afterOrders });
    expect(asked).toEqual([
      { grantees: ['payments', 'payments/api-pods'], limit: 50 },
      { grantees: ['payments', 'payments/api-pods'], limit: 7, after: 'orders' },
    ]);
  });

  it.each(['1', '50', '100'])('takes %s for a limit', async (limit) => {
    const { asked, send } = endless();

    await send({ query: { limit: [limit] } });

    expect(asked[0]?.limit).toBe(Number(limit));
  });

  it.each(['0', '101', '1000', '-1', '1.5', '1e2', '0x10', '007', ' 5', '5 ', '', 'all', 'NaN'])(
    'refuses %j for a limit',
    async (limit) => {
      const { asked, send } = endless();

      const answer = await send({ query: { limit: [limit] } });

      expect(bodyOf(answer)).toMatchObject({ code: 'INVALID_REQUEST' });
      expect(asked).toEqual([]);
    },
  );

  it.each(['', 'orders', 'b3JkZXJz=', Buffer.from('../x').toString('base64url')])(
    'refuses %j for a cursor',
    async (cursor) => {
      const answer = await endless().send({ query: { cursor: [cursor] } });

      expect(answer.statusCode).toBe(400);
    },
  );

  it.each([{ team: ['payments'] }, { limit: ['1', '2'] }, { after: ['orders'] }])(
    'A14: refuses the query %j',
    async (query) => {
      expect((await endless().send({ query })).statusCode).toBe(400);
    },
  );

  it('is applied to the address that the caller comes from', async () => {
    const users = [aUser({ vendFromCidrs: ['10.0.0.0/8'] })];
    const registry = aRegistry(aSlice({ database: aDatabase({ users }) }));

    expect(bodyOf(await databasesFunction({ registry })())).toMatchObject({ databases: [] });
  });

  it('A28: takes no JWT context on the IAM route', async () => {
    const answer = await databasesFunction()({ resource: '/v1/iam/databases' });

    expect(answer.statusCode).toBe(401);
  });
});

describe('GET /v1/whoami', () => {
  it.each([
    ['/v1/whoami', {}, { kind: 'jwt', principal: aCaller().subject }],
    [
      '/v1/iam/whoami',
      { authorizer: null, iam: signedByNightly },
      { kind: 'iam', principal: 'role/payments-nightly' },
    ],
  ])('says on %s who is asking', async (resource, event, expected) => {
    const members = [...aSlice().members, anIamMember()];
    const send = databasesFunction({ registry: aRegistry(aSlice({ members })) });

    const answer = await send({ resource, ...event });

    expect(bodyOf(answer)).toMatchObject({ ...expected, registryVersion: 'v7' });
  });

  it('takes no query', async () => {
    const answer = await databasesFunction()({ resource: '/v1/whoami', query: { limit: ['1'] } });

    expect(answer.statusCode).toBe(400);
  });

  it('refuses an identity that has run out', async () => {
    const authorizer = passedOn(aCaller({ expiresAt: new Date(0) }));

    const answer = await databasesFunction()({ resource: '/v1/whoami', authorizer });

    expect(answer.statusCode).toBe(401);
  });
});
