import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCertificateAuthority } from '../../local/pki.ts';
import { setupSteps } from '../../operator/setup/setup-steps.ts';
import { aDatabase } from '../builders/registry.ts';
import { type BareMariadb, startBareMariadb } from './real-servers/bare-mariadb.ts';
import { runProgram } from './real-servers/client-process.ts';

const host = 'ledger.c9akciq32abc.eu-west-1.rds.amazonaws.com';
const strangeHost = `not-${host}`;

let folder = '';
let server: BareMariadb;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-setup-'));
  await writeFile(join(folder, 'hosts'), `127.0.0.1 ${host}\n127.0.0.1 ${strangeHost}\n`);
  server = await startBareMariadb(host);
  await server.asRoot("CREATE USER admin IDENTIFIED BY 'master'");
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** What `registry setup` pipes the statements into, run as printed but for `-p`, which asks at a terminal. */
async function loginTo(endpoint: string, caPem: string) {
  await writeFile(join(folder, 'rds-ca.pem'), caPem);
  const database = aDatabase({ engine: 'mysql', host: endpoint, port: server.port });
  const lines = setupSteps(database, { registryPath: 'registry' }).flatMap((one) => one.commands);
  const command = lines.find((line) => line.includes('| mysql '))?.split('| ')[1] ?? '';
  return runProgram(['sh', '-c', `cd "$0" && ${command.replace(/ -p$/, '')}`, folder], {
    folder,
    hostsFile: join(folder, 'hosts'),
    env: { MASTER_USER: 'admin', MYSQL_PWD: 'master' },
    input: "SELECT CONCAT('in as ', CURRENT_USER());\n",
  });
}

describe("the master user's login that `registry setup` prints, with MariaDB's client", () => {
  it('succeeds at the server whose CA it was given', async () => {
    const { exitCode, output } = await loginTo(host, server.authorityPem);

    expect(exitCode).toBe(0);
    expect(output).toContain('in as admin@%');
  });

  it('fails at a server of another CA', async () => {
    const stranger = await createCertificateAuthority({
      commonName: 'strange root',
      clock: () => new Date(),
    });

    const { exitCode, message } = await loginTo(host, stranger.certificatePem);

    expect(exitCode).toBe(1);
    expect(message).toMatch(/ERROR 2026 \(HY000\): TLS\/SSL error: .*certificate/);
  });

  it('fails at a server of the same CA with another name', async () => {
    const { exitCode, message } = await loginTo(strangeHost, server.authorityPem);

    expect(exitCode).toBe(1);
    expect(message).toMatch(/ERROR 2026 \(HY000\)/);
  });
});
