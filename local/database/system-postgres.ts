import { dirname, join } from 'node:path';
import { freePort } from '../free-port.ts';
import { openCatalog, provision } from './catalog.ts';
import { superuser } from './embedded-postgres.ts';
import type { PamDecisions } from './pam-verifier.ts';
import type { DatabaseOptions, LocalDatabase } from './rds-postgres.ts';
import { runSystemServer, type ServerCommands, type ServerPlace } from './system-run.ts';
import type { SystemServer } from './system-server.ts';

const debianPostgres = {
  option: '--postgres',
  packageName: 'postgresql',
  account: 'postgres',
  program: '/usr/lib/postgresql/*/bin/postgres',
} satisfies SystemServer;

/**
 * Starts PostgreSQL from Debian's packages in a folder of its own, never the system's cluster. It does
 * itself what the listener of `rds-postgres.ts` does for the embedded one: TLS, and PAM for tokens.
 *
 * @throws Error of one sentence where something has to be installed.
 */
export async function startSystemPostgres(
  options: PamDecisions & Pick<DatabaseOptions, 'certificate' | 'databases' | 'roles' | 'port'>,
): Promise<LocalDatabase> {
  const port = options.port || (await freePort());
  const server = await runSystemServer({
    ...options,
    server: debianPostgres,
    commands: (place) => commands(place, port),
    readyText: 'database system is ready to accept connections',
  });
  try {
    const catalog = openCatalog({ socketFolder: server.folder, port });
    await provision(catalog, options);
    return { ...server, port, query: catalog.query };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function commands(place: ServerPlace, port: number): Promise<ServerCommands> {
  const { folder, program, service } = place;
  const hbaFile = await folder.write('pg_hba.conf', hostRules(service));
  const settings = { ...frugalSettings, ...places(folder.path, port), hba_file: hbaFile };
  return {
    // Both programs are in one folder of one package.
    prepare: [
      join(dirname(program), 'initdb'),
      ...['--pgdata', 'data', '--username', superuser, '--auth', 'reject', '--encoding', 'UTF8'],
      ...['--locale', 'C', '--no-sync', '--no-instructions'],
    ],
    run: [
      program,
      ...['-D', 'data'],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  };
}

/** For a database that is thrown away: no durability, little memory, no background work. */
const frugalSettings = { fsync: 'off', shared_buffers: '16MB', autovacuum: 'off', jit: 'off' };

const places = (folder: string, port: number) => ({
  listen_addresses: '127.0.0.1',
  port: String(port),
  unix_socket_directories: folder,
  unix_socket_permissions: '0700',
  ssl: 'on',
  ssl_cert_file: join(folder, 'server.crt'),
  ssl_key_file: join(folder, 'server.key'),
});

/** As on RDS: a user with `rds_iam` only by token, others only by password, nobody without TLS. */
const hostRules = (service: string): string => `local all ${superuser} trust
hostssl all +rds_iam 127.0.0.1/32 pam pamservice=${service}
hostssl all all 127.0.0.1/32 scram-sha-256
`;
