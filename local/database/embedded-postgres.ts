import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copyBinaries } from './binaries.ts';
import { type SupervisedServer, supervise } from './supervisor.ts';
import { unprivilegedUser } from './unprivileged-user.ts';

export interface PostgresServer {
  /** The folder with the server's Unix socket, as drivers want it for `host`. */
  readonly socketFolder: string;
  /** The socket itself. Only root and the server's own user can open it; it asks for no password. */
  readonly socketPath: string;
  /** Ends every process and removes every file of it. May be called again. */
  stop(): Promise<void>;
}

/** PostgreSQL settings by name, as in `postgresql.conf`. */
export type Settings = Readonly<Record<string, string>>;

/** The superuser, named as on RDS. No token opens it. */
export const superuser = 'rdsadmin';

/** Part of the socket's name only: the server has no TCP port. */
const portInName = 5432;

/** For a database that is thrown away: no durability, little memory, no background work. */
const frugalSettings: Settings = {
  fsync: 'off',
  shared_buffers: '8MB',
  autovacuum: 'off',
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync',
};

/**
 * Starts an empty PostgreSQL 18 in a new temporary folder; takes about a second. It ends with this
 * process, however that ends.
 *
 * @throws Error with the end of the server's log when it gives up before it is ready.
 */
export async function startPostgres(extraSettings: Settings = {}): Promise<PostgresServer> {
  // A short name, because the path of a Unix socket ends at 103 bytes on macOS.
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-pg-'));
  try {
    await copyBinaries(join(folder, 'native'));
    const runAs = await unprivilegedUser();
    if (runAs !== undefined) await giveTo(`${runAs.uid}:${runAs.gid}`, folder);
    const serverFlags = flagsOf(folder, extraSettings);
    const server = supervise({ folder, superuser, serverFlags, runAs });
    await ready(server);
    const socketPath = join(folder, `.s.PGSQL.${portInName}`);
    return { socketFolder: folder, socketPath, stop: () => server.stop() };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function giveTo(owner: string, folder: string): Promise<void> {
  await promisify(execFile)('chown', ['-R', owner, folder]);
}

function flagsOf(folder: string, extraSettings: Settings): string[] {
  const settings = {
    ...frugalSettings,
    ...extraSettings,
    listen_addresses: '',
    port: String(portInName),
    unix_socket_directories: folder,
    unix_socket_permissions: '0700',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function ready(server: SupervisedServer): Promise<void> {
  let log = '';
  for await (const text of server.log.iterator({ destroyOnReturn: false })) {
    log += text;
    if (log.includes('database system is ready to accept connections')) {
      server.log.resume();
      return;
    }
  }
  await server.stop();
  throw new Error(`PostgreSQL did not start: ${log.slice(-1_000)}`);
}
