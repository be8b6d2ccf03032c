import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSystemMariadb } from '../../local/database/system-mariadb.ts';
import { createCertificateAuthority } from '../../local/pki.ts';
import { setupSteps } from '../../operator/setup/setup-steps.ts';
import { aDatabase } from '../builders/registry.ts';
import { runProgram } from './real-servers/client-process.ts';

const host = 'ledger.c9akciq32abc.eu-west-1.rds.amazonaws.com';
const strangeHost = `not-${host}`;
const clock = () => new Date();

let folder = '';
let authorityPem = '';
let server: Awaited<ReturnType<typeof startSystemMariadb>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-setup-'));
  await writeFile(join(folder, 'hosts'), `127.0.0.1 ${host}\n127.0.0.1 ${strangeHost}\n`);
  const authority = await createCertificateAuthority({ commonName: 'root', clock });
  authorityPem = authority.certificatePem;
  server = await startSystemMariadb({
    certificate: await authority.issueServer([host]),
    databases: ['ledger'],
    roles: [],
    checkToken: async () => ({ ok: false, reason: 'malformed' }),
    onRefusal: () => undefined,
  });
  const socket = `--socket=${server.folder}/mariadb.sock`;
  const create = "CREATE USER admin IDENTIFIED BY 'master'";
  await promisify(execFile)('mariadb', ['--no-defaults', socket, '-uroot', '-e', create]);
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
    const { exitCode, output } = await loginTo(host, authorityPem);

    expect(exitCode).toBe(0);
    expect(output).toContain('in as admin@%');
  });

  it('fails at a server of another CA', async () => {
    const stranger = await createCertificateAuthority({ commonName: 'strange root', clock });

    const { exitCode, message } = await loginTo(host, stranger.certificatePem);

    expect(exitCode).toBe(1);
    expect(message).toMatch(/ERROR 2026 \(HY000\): TLS\/SSL error: .*certificate/);
  });

  it('fails at a server of the same CA with another name', async () => {
    const { exitCode, message } = await loginTo(strangeHost, authorityPem);

    expect(exitCode).toBe(1);
    expect(message).toMatch(/ERROR 2026 \(HY000\)/);
  });
});
