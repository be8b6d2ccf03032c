import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startSystemOrdersDatabase } from '../../local/orders-database.ts';
import { ledgerDatabase, ordersDatabase } from '../../local/organization.ts';
import { holdMachineClock, type MachineClock } from '../integration/support/machine-clock.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
} from '../integration/support/test-stack.ts';
import { agentHere } from './real-servers/agent-here.ts';
import { runProgram } from './real-servers/client-process.ts';

silenceFunctions();
let stack: TestStack;
let clock: MachineClock;
let agent: { stop(): void };
let folder: string;
let hostsFile: string;

beforeAll(async () => {
  clock = holdMachineClock();
  stack = await startTestStack({ startDatabase: startSystemOrdersDatabase, mariadb: true });
  folder = join(stack.directory, 'db');
  hostsFile = join(stack.directory, 'hosts');
  const hosts = [ordersDatabase, ledgerDatabase].map(({ host }) => `127.0.0.1 ${host}\n`);
  await writeFile(hostsFile, hosts.join(''));
  agent = await agentHere(stack, ['orders', 'ledger', '--dir', folder]);
  for (const name of ['orders', 'ledger']) {
    await vi.waitFor(() => access(join(folder, name, 'connection.json')), { timeout: 10_000 });
  }
});
afterAll(async () => {
  agent.stop();
  await stack.close();
  clock.release();
});

const logins = {
  psql: () =>
    runProgram(['psql', '-XAtc', 'select current_user'], {
      ...{ folder, hostsFile },
      env: { PGSERVICE: 'orders', PGSERVICEFILE: join(folder, 'orders', 'pg_service.conf') },
    }),
  mariadb: () => {
    const options = `--defaults-file=${join(folder, 'ledger', 'my.cnf')}`;
    return runProgram(['mariadb', options, '-NBre', 'select user()'], { folder, hostsFile });
  },
};

it('psql and mariadb log in by the agent’s files after the token of before has died', async () => {
  const tokens = () =>
    Promise.all(
      ['orders', 'ledger'].map((name) => readFile(join(folder, name, 'password'), 'utf8')),
    );
  const first = await tokens();
  const before = [await logins.psql(), await logins.mariadb()];

  clock.advance(11 * 60);
  const areNew = async () => (await tokens()).every((token) => !first.includes(token));
  await vi.waitUntil(areNew, { timeout: 20_000 });
  clock.advance(5 * 60);
  const after = [await logins.psql(), await logins.mariadb()];

  for (const [psql, mariadb] of [before, after]) {
    expect(psql).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^orders_app$/m) });
    expect(mariadb).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^ledger_app@/m) });
  }
  expect([...stack.database.refusals, ...(stack.ledger?.refusals ?? [])]).toEqual([]);
});

it('does not log in any more by files that nobody renews', async () => {
  agent.stop();
  clock.advance(16 * 60);

  const [psql, mariadb] = [await logins.psql(), await logins.mariadb()];

  expect([psql.exitCode, mariadb.exitCode]).toEqual([2, 1]);
  expect([stack.database.refusals, stack.ledger?.refusals]).toEqual([['expired'], ['expired']]);
});
