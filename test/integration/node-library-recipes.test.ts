import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { ordersDatabase } from '../../local/organization.ts';
import { resolveHere } from './support/local-names.ts';
import { holdMachineClock, type MachineClock } from './support/machine-clock.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
  withDatabase,
} from './support/test-stack.ts';

/** What each file under examples/node-drivers exports. */
interface Recipe {
  readonly currentUser: () => Promise<unknown>;
  readonly end: () => Promise<unknown>;
}

const recipes: readonly (readonly [name: string, load: () => Promise<Recipe>])[] = [
  ['pg', () => import('../../examples/node-drivers/pg.ts')],
  ['knex', () => import('../../examples/node-drivers/knex.ts')],
  ['Kysely', () => import('../../examples/node-drivers/kysely.ts')],
  ['Drizzle', () => import('../../examples/node-drivers/drizzle.ts')],
  ['TypeORM', () => import('../../examples/node-drivers/typeorm.ts')],
  ['Sequelize', () => import('../../examples/node-drivers/sequelize.ts')],
  ["Prisma's adapter", () => import('../../examples/node-drivers/prisma.ts')],
  ['postgres.js', () => import('../../examples/node-drivers/postgres-js.ts')],
];

silenceFunctions();
let stack: TestStack;
let clock: MachineClock;

beforeAll(async () => {
  stack = await startTestStack(withDatabase);
});

afterAll(() => stack.close());

/** A pod's environment, and its identity file as kubelet keeps it. */
async function aPod(): Promise<void> {
  const file = join(stack.directory, 'pod-identity');
  await writeFile(file, await identityOf(stack, 'orders-pod'));
  vi.stubEnv('TOKENVEND_API_URL', stack.apiUrl);
  vi.stubEnv('TOKENVEND_IDENTITY_TOKEN_FILE', file);
  resolveHere([ordersDatabase.host]);
}

const vends = (): number => stack.auditRecords.filter(({ outcome }) => outcome === 'vended').length;

/** The server's processes that serve the application: one for each of its connections. */
async function sessions(): Promise<unknown[]> {
  const rows = await stack.database.query(
    ordersDatabase.name,
    "select pid from pg_stat_activity where usename = 'orders_app'",
  );
  return rows.map(({ pid }) => pid);
}

describe.each(recipes)('the recipe for %s', (_name, load) => {
  beforeEach(async () => {
    clock = holdMachineClock();
    await aPod();
    return () => clock.release();
  });

  it('opens new connections after the token that it began with has died', async () => {
    const vendsBefore = vends();
    const refusalsBefore = stack.database.refusals.length;
    const recipe = await load();
    try {
      const first = await recipe.currentUser();
      const known = new Set(await sessions());
      const opened = (pids: readonly unknown[]) => pids.filter((pid) => !known.has(pid));
      const vendsForFirst = vends() - vendsBefore;

      clock.advance(16 * 60);
      const later = await Promise.all([1, 2, 3].map(() => recipe.currentUser()));

      expect([first, ...later]).toEqual(Array(4).fill('orders_app'));
      expect(vendsForFirst).toBe(1);
      // Some pools answer all three on the connection they have, while another is being opened.
      await expect.poll(async () => opened(await sessions())).not.toEqual([]);
      expect(vends() - vendsBefore).toBe(2);
      expect(stack.database.refusals).toHaveLength(refusalsBefore);
    } finally {
      await recipe.end();
    }
  });
});
