import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationNameOf } from '../../core/connection/application-name.ts';
import { type ConnectionTarget, caFileOf } from '../../core/connection/target.ts';
import { createCertificateAuthority } from '../../local/pki.ts';
import { parametersFrom } from '../fuzz/fuzz.ts';
import { runProgram } from './real-servers/client-process.ts';
import { type LoginRecorder, recordLogins } from './real-servers/login-recorder.ts';
import { readBackCases, readBackDomain, written } from './real-servers/read-back-cases.ts';

/** As test/fuzz has them, with few cases and the same ones in every run: each is a process. */
const parameters = parametersFrom({ FUZZ_CASES: '40', FUZZ_SEED: '1', ...process.env });

let folder = '';
let hostsFile = '';
let authorityPem = '';
let recorder: LoginRecorder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-read-back-'));
  hostsFile = join(folder, 'hosts');
  const authority = await createCertificateAuthority({
    commonName: 'formats read back',
    clock: () => new Date(),
  });
  authorityPem = authority.certificatePem;
  recorder = await recordLogins(await authority.issueServer([`*.${readBackDomain}`]));
});

afterAll(async () => {
  await recorder.close();
  await rm(folder, { recursive: true });
});

describe('libpq', () => {
  /** Half of the endpoints are dialled by name, and half through a tunnel. */
  const libpqCases = fc
    .tuple(readBackCases, fc.boolean())
    .map(([{ target, fileName }, tunnelled]) => ({
      ...target,
      caFile: join(folder, `ca-${fileName}`),
      passFile: join(folder, `pass-${fileName}`),
      ...(tunnelled
        ? { via: { host: '127.0.0.1', port: recorder.port } }
        : { port: recorder.port }),
    }));

  it('reads pg_service.conf and pgpass as they were meant', async () => {
    await fc.assert(
      fc.asyncProperty(libpqCases, async (target) => {
        const service = written('pg-service', target);
        const passwords = [...decoysOf(target), target].map((one) => written('pgpass', one));
        const serviceFile = join(folder, 'pg_service.conf');
        await writeFile(serviceFile, service);
        await writeFile(target.passFile, passwords.join(''), { mode: 0o600 });

        await psql(target, [], { PGSERVICE: target.name, PGSERVICEFILE: serviceFile });

        expect(recorder.take()).toEqual([loginTo(target)]);
      }),
      parameters,
    );
  });

  it('reads a url as it was meant', async () => {
    await fc.assert(
      fc.asyncProperty(libpqCases, async (target) => {
        await psql(target, [written('url', target)]);

        expect(recorder.take()).toEqual([loginTo(target)]);
      }),
      parameters,
    );
  });

  /** Lines that come first and are for other logins, called `*`: none may match this one. */
  function decoysOf(target: ConnectionTarget): readonly ConnectionTarget[] {
    const { dbname = target.user } = target;
    return [
      { ...target, host: '*', token: 'of another host' },
      ...(dbname === '*' ? [] : [{ ...target, dbname: '*', token: 'of another database' }]),
      ...(target.user === '*' ? [] : [{ ...target, user: '*', token: 'of another user' }]),
    ];
  }

  async function psql(
    target: ConnectionTarget,
    words: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await writeFile(hostsFile, `127.0.0.1 ${target.host}\n`);
    await writeFile(caFileOf(target), authorityPem);
    // What a case before it left, which failed.
    recorder.take();
    const command = ['psql', '-Xwc', '\\q', ...words] as const;
    expect(await runProgram(command, { folder, hostsFile, env })).toEqual(silentSuccess);
  }

  const silentSuccess = { exitCode: 0, output: '', message: '' };

  const loginTo = (target: ConnectionTarget) => ({
    host: target.host,
    user: target.user,
    database: target.dbname ?? target.user,
    applicationName: applicationNameOf(target),
    password: target.token,
  });
});

describe("MariaDB's reader of option files", () => {
  it('reads my.cnf as it was meant', async () => {
    await fc.assert(
      fc.asyncProperty(readBackCases, async ({ target: any, fileName }) => {
        const target = { ...any, engine: 'mariadb', caFile: `/run/${fileName}` } as const;
        const file = join(folder, 'my.cnf');
        await writeFile(file, written('my-cnf', target));

        const command = [
          'my_print_defaults',
          `--defaults-file=${file}`,
          'client',
          'mysql',
        ] as const;
        const { output } = await runProgram(command, { folder, hostsFile });

        expect(output).toBe(optionsFor(target).join(''));
      }),
      parameters,
    );
  });

  /** As the program prints them. A line break that got out of its value would come with another `--`. */
  const optionsFor = ({ host, port, user, token, caFile, dbname }: ConnectionTarget) => [
    `--host=${host}\n--port=${port}\n--user=${user}\n--password=${token}\n--ssl-ca=${caFile}\n`,
    '--loose-ssl-mode=VERIFY_IDENTITY\n--loose-ssl-verify-server-cert\n',
    '--loose-enable-cleartext-plugin\n',
    ...(dbname === undefined ? [] : [`--database=${dbname}\n`]),
  ];
});
