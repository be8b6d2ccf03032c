import { readFile } from 'node:fs/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mysql2Options } from '../../clients/node/index.ts';
import type { TunnelEnd } from '../../core/connection/target.ts';
import { ledgerDatabase } from '../../local/organization.ts';
import { anAttempt } from './real-servers/attempt.ts';
import { questionOf, runClient } from './real-servers/client-process.ts';
import { useWorld } from './real-servers/prove-client.ts';
import { openTunnel } from './real-servers/tunnel.ts';
import { written } from './real-servers/world.ts';

const world = useWorld();
let tunnel: TunnelEnd & { close(): Promise<void> };

beforeAll(async () => {
  const { port } = world().answers.ledger.database;
  tunnel = await openTunnel(port, { host: '127.0.0.2', port });
});
afterAll(() => tunnel.close());

it('mariadb verifies the real name through a tunnel of the same port that the hosts file leads to', async () => {
  const { answers, caFile, folder } = world();
  const attempt = anAttempt(world(), { answer: answers.ledger, caFile });
  const hosts = `${tunnel.host} ${ledgerDatabase.host}\n`;
  const hostsFile = await written(folder, 'hosts-of-tunnel', hosts);
  const ask = ['-NBre', questionOf(attempt.target)];

  const outcome = await runClient(
    { ...attempt, hostsFile },
    { command: ['mariadb', `--defaults-file=${await attempt.file('my-cnf')}`, ...ask] },
  );

  expect(outcome).toMatchObject({ opened: true, session: { user: answers.ledger.user } });
});

it('mysql2 verifies the real name through a tunnel, with the address in `via`', async () => {
  const { ledger } = world().answers;
  const pem = await readFile(world().caFile, 'utf8');
  const token = { ...ledger, tls: { ...ledger.tls, ca: { ...ledger.tls.ca, pem } } };
  const source = { get: async () => token, password: async () => token.token };
  const { host, port } = tunnel;

  const options = await mysql2Options(source, { database: 'ledger', via: { host, port } });
  const connection = await createConnection(options);

  const [rows] = await connection.query<RowDataPacket[]>('select current_user() as name');
  expect(rows[0]?.name).toBe(`${ledger.user}@%`);
  await connection.end();
});
