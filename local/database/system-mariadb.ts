import { escapeId, escape as escapeText } from 'mysql2';
import { freePort } from '../free-port.ts';
import type { PamDecisions } from './pam-verifier.ts';
import type { DatabaseOptions, LocalDatabase } from './rds-postgres.ts';
import { runSystemServer, type ServerCommands, type ServerPlace } from './system-run.ts';
import type { SystemServer } from './system-server.ts';

const debianMariadb = {
  option: '--mariadb',
  packageName: 'mariadb-server',
  account: 'mysql',
  program: '/usr/sbin/mariadbd',
} satisfies SystemServer;

/** Of the same package. */
const installProgram = '/usr/bin/mariadb-install-db';

type MariadbOptions = PamDecisions &
  Pick<DatabaseOptions, 'certificate' | 'databases' | 'roles' | 'port'>;

/**
 * Starts MariaDB from Debian's packages in a folder of its own, never the system's. Its users log in by
 * PAM with a clear-text password over TLS, which is how RDS does it under another plugin's name.
 *
 * @throws Error of one sentence where something has to be installed.
 */
export async function startSystemMariadb(
  options: MariadbOptions,
): Promise<Omit<LocalDatabase, 'query'>> {
  const port = options.port || (await freePort());
  const server = await runSystemServer({
    ...options,
    server: debianMariadb,
    async commands(place) {
      const initFile = statements(options, place.service).join(';\n');
      await place.folder.write('init.sql', initFile);
      return commands(place, port);
    },
    readyText: 'ready for connections',
  });
  return { ...server, port };
}

function commands({ program, folder: { path } }: ServerPlace, port: number): ServerCommands {
  const data = `--datadir=${path}/data`;
  return {
    prepare: [installProgram, '--no-defaults', data, '--skip-test-db'],
    run: [
      program,
      ...['--no-defaults', data, `--port=${port}`, '--bind-address=127.0.0.1'],
      ...[`--socket=${path}/mariadb.sock`, `--pid-file=${path}/pid`, '--skip-name-resolve'],
      ...[`--ssl-cert=${path}/server.crt`, `--ssl-key=${path}/server.key`],
      ...['--plugin-load-add=auth_pam_v1.so', '--pam-use-cleartext-plugin=ON'],
      // What clients call themselves is found in the performance schema alone.
      ...[`--init-file=${path}/init.sql`, '--performance-schema=ON'],
      // It is thrown away: no durability, little memory.
      ...['--innodb-flush-method=nosync', '--innodb-buffer-pool-size=16M', '--skip-log-bin'],
    ],
  };
}

/** One to a line, as an init file wants them. A fresh server's anonymous users would match before ours. */
function statements({ databases, roles }: MariadbOptions, service: string): string[] {
  return [
    "DELETE FROM mysql.global_priv WHERE User = ''",
    'FLUSH PRIVILEGES',
    ...databases.map((database) => `CREATE DATABASE ${escapeId(database)}`),
    ...roles.flatMap((role) => [
      `CREATE USER ${escapeId(role)}@'%' IDENTIFIED VIA pam USING ${escapeText(service)} REQUIRE SSL`,
      `GRANT SELECT ON performance_schema.session_connect_attrs TO ${escapeId(role)}`,
      ...databases.map((name) => `GRANT ALL ON ${escapeId(name)}.* TO ${escapeId(role)}`),
    ]),
    '',
  ];
}
