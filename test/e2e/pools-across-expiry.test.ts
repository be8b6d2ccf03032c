import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTokenSource, type TokenSource } from '../../clients/node/index.ts';
import { identityOf } from '../../local/callers.ts';
import { startSystemOrdersDatabase } from '../../local/orders-database.ts';
import { ledgerDatabase, ordersDatabase } from '../../local/organization.ts';
import { resolveHere } from '../integration/support/local-names.ts';
import { holdMachineClock, type MachineClock } from '../integration/support/machine-clock.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
} from '../integration/support/test-stack.ts';
import { mysql2Pool, pgPool } from './real-servers/pools.ts';

silenceFunctions();
let stack: TestStack;
let clock: MachineClock;

beforeAll(async () => {
  stack = await startTestStack({ startDatabase: startSystemOrdersDatabase, mariadb: true });
});
afterAll(() => stack.close());
beforeEach(() => {
  clock = holdMachineClock();
  resolveHere([ordersDatabase.host, ledgerDatabase.host]);
  return () => clock.release();
});

const aSource = (): TokenSource =>
  createTokenSource({
    apiUrl: stack.apiUrl,
    auth: { identity: () => identityOf(stack, 'orders-pod') },
  });

describe.each([
  { name: 'pg', makePool: pgPool, database: () => stack.database },
  { name: 'mysql2', makePool: mysql2Pool, database: () => stack.ledger },
])('a pool of $name', ({ makePool, database }) => {
  it('keeps its sessions over the end of their token, and opens new ones with the next', async () => {
    const pool = await makePool(aSource());
    const old = await pool.open();
    const oldId = await old.id();
    const vendsBefore = stack.auditRecords.length;

    clock.advance(16 * 60);
    const sessions = await Promise.all([pool.open(), pool.open()]);
    const newIds = await Promise.all(sessions.map((session) => session.id()));

    expect(await old.id()).toBe(oldId);
    expect(new Set([oldId, ...newIds]).size).toBe(3);
    expect(stack.auditRecords.length - vendsBefore).toBe(1);
    expect(database()?.refusals).toEqual([]);
    for (const session of [old, ...sessions]) session.close();
    await pool.end();
  });

  it('could not do so with the token that it began with', async () => {
    const source = aSource();
    const names = {
      orders: await source.get({ database: 'orders' }),
      ledger: await source.get({ database: 'ledger' }),
    };
    const stuck: TokenSource = {
      ...source,
      get: async ({ database: name }) => (name === 'orders' ? names.orders : names.ledger),
    };
    const pool = await makePool(stuck);

    clock.advance(16 * 60);

    await expect(pool.open()).rejects.toThrow();
    expect(database()?.refusals).toEqual(['expired']);
    await pool.end();
  });
});
