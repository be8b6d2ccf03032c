import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startSystemOrdersDatabase } from '../../local/orders-database.ts';
import { ordersDatabase } from '../../local/organization.ts';
import { holdMachineClock, type MachineClock } from '../integration/support/machine-clock.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
} from '../integration/support/test-stack.ts';
import { agentHere } from './real-servers/agent-here.ts';
import { type PgbouncerFiles, pgbouncerFiles, startPgbouncer } from './real-servers/pgbouncer.ts';

silenceFunctions();
let stack: TestStack;
let clock: MachineClock;
let files: PgbouncerFiles;

beforeAll(async () => {
  clock = holdMachineClock();
  stack = await startTestStack({ startDatabase: startSystemOrdersDatabase });
  files = await pgbouncerFiles(stack.directory, stack.database.port);
});
afterAll(async () => {
  await stack.close();
  clock.release();
});

it('opens new connections for a pool with tokens that the agent renews, and none without it', async () => {
  const flags = ['--dir', files.connections, '--on-refresh', files.newToken];
  const agent = await agentHere(stack, ['orders/orders_app', ...flags]);
  await vi.waitFor(() => access(join(files.run, 'userlist.txt')), { timeout: 10_000 });
  const hostsFile = join(stack.directory, 'hosts');
  await writeFile(hostsFile, `127.0.0.1 ${ordersDatabase.host}\n`);
  const pgbouncer = await startPgbouncer(files, hostsFile);
  try {
    const first = await session();
    const firstToken = await listed();

    clock.advance(11 * 60);
    await vi.waitUntil(async () => (await listed()) !== firstToken, { timeout: 20_000 });
    clock.advance(5 * 60);
    const second = await session();
    agent.stop();
    clock.advance(16 * 60);

    expect([await userOf(first), await userOf(second)]).toEqual(['orders_app', 'orders_app']);
    expect(stack.database.refusals).toEqual([]);
    // PgBouncer goes on trying, and lets its client wait.
    const third = session().catch(() => undefined);
    await vi.waitUntil(() => stack.database.refusals.length > 0, { timeout: 10_000 });
    expect(stack.database.refusals).toEqual(['expired']);
    await pgbouncer.end();
    await third;
  } finally {
    agent.stop();
    await pgbouncer.end();
  }
});

const listed = (): Promise<string> => readFile(join(files.run, 'userlist.txt'), 'utf8');

/** One that PgBouncer has to open another connection for, as long as the others are open. */
async function session(): Promise<Client> {
  const client = new Client({
    ...{ host: files.run, port: 6432, user: 'orders_app', database: 'orders' },
  });
  client.on('error', () => undefined);
  await client.connect();
  await userOf(client);
  return client;
}

async function userOf(client: Client): Promise<unknown> {
  const { rows } = await client.query('select current_user');
  return rows[0]?.current_user;
}
