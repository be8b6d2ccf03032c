import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

const example = (name: string): string =>
  fileURLToPath(new URL(`../../../examples/pgbouncer/${name}`, import.meta.url));

/** The example's files, with folders and a port that are this test's own. */
export interface PgbouncerFiles {
  /** Where the agent writes. */
  readonly connections: string;
  /** Where PgBouncer's socket, user list and pid are. */
  readonly run: string;
  readonly configFile: string;
  /** For `--on-refresh`. */
  readonly newToken: string;
}

export async function pgbouncerFiles(folder: string, port: number): Promise<PgbouncerFiles> {
  const [connections, run] = [join(folder, 'db'), join(folder, 'pgb')];
  await mkdir(run, { recursive: true });
  const copy = async (name: string): Promise<string> => {
    const text = (await readFile(example(name), 'utf8'))
      .replaceAll('/run/db', connections)
      .replaceAll('/run/pgbouncer', run)
      .replace('port=5432', `port=${port}`);
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const newToken = await copy('new-token.sh');
  await chmod(newToken, 0o700);
  return { connections, run, newToken, configFile: await copy('pgbouncer.ini') };
}

/**
 * Starts PgBouncer, and waits for its socket. It asks no library for names but reads `/etc/hosts`, so that
 * it gets one of its own; and it refuses to be root, so that it is told that it is somebody else.
 */
export async function startPgbouncer(
  { run, configFile }: PgbouncerFiles,
  hostsFile: string,
): Promise<{ end(): Promise<void> }> {
  const strange = ['--user', '--map-user=65532', '--map-group=65532'].join(' ');
  const script = `mount --bind "$0" /etc/hosts && exec unshare ${strange} pgbouncer "$1"`;
  const child = spawn('unshare', ['--mount', 'sh', '-c', script, hostsFile, configFile], {
    stdio: 'ignore',
  });
  await vi.waitFor(() => access(join(run, '.s.PGSQL.6432')), { timeout: 10_000 });
  return { end: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
