import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Client, type ClientConfig, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../local/database/embedded-postgres.ts';
import type { Refusal } from '../../local/database/login.ts';
import { type LocalDatabase, startDatabase } from '../../local/database/rds-postgres.ts';
import { type CertificateAuthority, createCertificateAuthority } from '../../local/pki.ts';

const endpoint = 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com';
const user = 'orders_app';

/** As long as tokens get in practice. */
const goodToken = `${endpoint}:5432/?Action=connect&DBUser=${user}&X-Amz-Signature=${'0f'.repeat(800)}`;

const clock = () => new Date();
const refusals: Refusal[] = [];
let root: CertificateAuthority;
let database: LocalDatabase;

beforeAll(async () => {
  root = await createCertificateAuthority({ commonName: 'test root', clock });
  database = await startDatabase({
    names: [endpoint],
    certificate: await root.issueServer([endpoint]),
    databases: ['orders'],
    roles: [user],
    checkToken: async ({ token }) =>
      token === goodToken ? { ok: true } : { ok: false, reason: 'signature' },
    onRefusal: (refusal) => refusals.push(refusal),
  });
});

afterAll(() => database.close());

/** verify-full through 127.0.0.1: the name that is verified is the endpoint's. */
function configured(changes: ClientConfig = {}): ClientConfig {
  return {
    host: '127.0.0.1',
    port: database.port,
    user,
    database: 'orders',
    password: async () => goodToken,
    ssl: { ca: root.certificatePem, servername: endpoint },
    ...changes,
  };
}

async function opened(changes: ClientConfig = {}): Promise<Client> {
  const client = new Client(configured(changes));
  await client.connect();
  return client;
}

describe('a session with a good token', () => {
  it('is the user it was asked for, and no superuser', async () => {
    const client = await opened();

    const { rows } = await client.query(
      'SELECT current_user, usesuper FROM pg_user WHERE usename = user',
    );
    await client.end();

    expect(rows).toEqual([{ current_user: user, usesuper: false }]);
  });

  it('is seen under its application name', async () => {
    const client = await opened({ application_name: 'orders-api tv:0198' });

    const sessions = await database.query(
      'orders',
      'SELECT application_name FROM pg_stat_activity WHERE usename = $1',
      [user],
    );
    await client.end();

    expect(sessions).toEqual([{ application_name: 'orders-api tv:0198' }]);
  });

  it('copies more than fits into one packet', async () => {
    const client = await opened();

    await client.query(
      'CREATE TABLE parcels AS SELECT n, repeat($$x$$, 1000) AS body FROM generate_series(1, 5000) n',
    );
    const { rows } = await client.query('SELECT * FROM parcels');
    await client.end();

    expect(rows).toHaveLength(5000);
  });

  it('can be cancelled from another connection', async () => {
    const client = await opened();
    const running = client.query('SELECT pg_sleep(60)');
    const cancelled = expect(running).rejects.toMatchObject({ code: '57014' });
    await expect.poll(runningQueries).toHaveLength(1);

    await sendCancel(client);

    await cancelled;
    await client.end();
  });

  it('is one of five that a pool holds at once', async () => {
    const pool = new Pool({ ...configured(), max: 5 });

    const pids = await Promise.all(
      Array.from({ length: 5 }, () => pool.query('SELECT pg_backend_pid() AS pid, pg_sleep(0.05)')),
    );
    await pool.end();

    expect(new Set(pids.map(({ rows }) => rows[0].pid)).size).toBe(5);
  });
});

describe('a connection is refused', () => {
  it('with a wrong token, and only the log learns why', async () => {
    const refused = opened({ password: goodToken.replace('0f', 'f0') });

    await expect(refused).rejects.toMatchObject({
      code: '28000',
      message: `PAM authentication failed for user "${user}"`,
    });
    expect(refusals.at(-1)).toEqual({ user, database: 'orders', reason: 'signature' });
  });

  it('without TLS, in the words of RDS', async () => {
    await expect(opened({ ssl: false })).rejects.toMatchObject({
      code: '28000',
      message: `no pg_hba.conf entry for host "127.0.0.1", user "${user}", database "orders", no encryption`,
    });
  });

  it('A17: as the superuser, or as nobody, with a token that is good', async () => {
    for (const other of ['rdsadmin', 'nobody']) {
      await expect(opened({ user: other })).rejects.toMatchObject({ code: '28P01' });
    }
  });

  it('for a user whose rds_iam was taken away', async () => {
    await database.query('postgres', 'CREATE ROLE former LOGIN IN ROLE rds_iam');
    const before = await opened({ user: 'former' });
    await before.end();

    await database.query('postgres', 'REVOKE rds_iam FROM former');

    await expect(opened({ user: 'former' })).rejects.toMatchObject({ code: '28P01' });
  });

  it('by the client, when the root is another', async () => {
    const other = await createCertificateAuthority({ commonName: 'test root', clock });
    const ssl = { ca: other.certificatePem, servername: endpoint };

    await expect(opened({ ssl })).rejects.toThrow();
    await expect(opened({ ssl })).rejects.not.toHaveProperty('severity');
  });

  it('by the client, when the name is another', async () => {
    const ssl = { ca: root.certificatePem, servername: 'billing.example.com' };

    await expect(opened({ ssl })).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('CVE-2021-23214: when bytes were injected before encryption', async () => {
    const socket = connect(database.port, '127.0.0.1');
    const sslRequest = Buffer.from('0000000804d2162f', 'hex');

    socket.write(Buffer.concat([sslRequest, Buffer.from('injected')]));
    const [answer] = await once(socket, 'data');
    socket.destroy();

    expect(answer.toString('latin1')).toContain('C08P01\0');
  });
});

describe('a database', () => {
  it('does not start with a certificate for other names', async () => {
    const unused = { databases: [], roles: [], checkToken: async () => ({ ok: true as const }) };
    const certificate = await root.issueServer(['billing.example.com']);

    await expect(
      startDatabase({ ...unused, names: [endpoint], certificate, onRefusal: () => {} }),
    ).rejects.toThrow(endpoint);
  });

  it('leaves no process and no file behind', async () => {
    const server = await startPostgres();
    const pid = await postmasterOf(server.socketFolder);

    await server.stop();
    await server.stop();

    expect(isAlive(pid)).toBe(false);
    await expect(access(server.socketFolder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('ends when the process that started it is killed', async () => {
    const module = new URL('../../local/database/embedded-postgres.ts', import.meta.url).href;
    const script = `const { startPostgres } = await import('${module}');
      console.log((await startPostgres()).socketFolder);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    const [folder] = await once(parent.stdout.setEncoding('utf8'), 'data');
    const pid = await postmasterOf(folder.trim());

    parent.kill('SIGKILL');

    const until = { timeout: 10_000 };
    await expect.poll(() => isAlive(pid), until).toBe(false);
    await expect.poll(() => existsSync(folder.trim()), until).toBe(false);
  });
});

function runningQueries(): ReturnType<LocalDatabase['query']> {
  const sql = "SELECT FROM pg_stat_activity WHERE usename = $1 AND state = 'active'";
  return database.query('postgres', sql, [user]);
}

/** CancelRequest in clear, as libpq before 17 sends it; the server answers by hanging up. */
async function sendCancel(client: Client): Promise<void> {
  const request = Buffer.from('0000001004d2162e0000000000000000', 'hex');
  // The driver keeps both from BackendKeyData, but its types do not tell.
  request.writeInt32BE(Number(Reflect.get(client, 'processID')), 8);
  request.writeInt32BE(Number(Reflect.get(client, 'secretKey')), 12);
  const socket = connect(database.port, '127.0.0.1').resume();
  socket.write(request);
  await once(socket, 'close');
}

/** The server's own process, as it writes it into its folder. */
async function postmasterOf(folder: string): Promise<number> {
  return Number.parseInt(await readFile(join(folder, 'data/postmaster.pid'), 'utf8'), 10);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
