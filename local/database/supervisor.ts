import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { UnprivilegedUser } from './unprivileged-user.ts';

/** A PostgreSQL that cannot outlive this process, whichever way this process ends. */
export interface SupervisedServer {
  /** The server's log. Somebody must keep reading it, or the server blocks on it. Ends with the server. */
  readonly log: Readable;
  /** Ends the server and removes its folder. Resolves when both are done; may be called again. */
  stop(): Promise<void>;
}

/**
 * Runs between us and the server. The kernel closes the pipe to its standard input when we die, by
 * SIGKILL too; it then does what `stop` makes it do. Stopping and crashing share one way out.
 *
 * A shell starts background programs with SIGQUIT ignored, until PostgreSQL has installed its
 * handlers: SIGTERM ends one that has not, SIGQUIT makes one that has drop its sessions at once.
 */
const script = `
folder=$1; superuser=$2; shift 2
native/bin/initdb --pgdata data --username "$superuser" --auth trust --encoding UTF8 --locale C \
  --no-sync --no-instructions || exec rm -rf "$folder"
native/bin/postgres -D data "$@" </dev/null &
exec 2>/dev/null
while read -r _; do :; done
kill -TERM $!; kill -QUIT $!
wait $!
rm -rf "$folder"
`;

/**
 * Creates a cluster in `folder/data` and runs a server on it. `folder/native` holds the programs, and
 * all of `folder` belongs to the user that they run as.
 */
export function supervise(options: {
  readonly folder: string;
  readonly superuser: string;
  readonly serverFlags: readonly string[];
  readonly runAs: UnprivilegedUser | undefined;
}): SupervisedServer {
  const { folder, superuser, serverFlags, runAs } = options;
  const shell = spawn('sh', ['-c', script, 'supervisor', folder, superuser, ...serverFlags], {
    ...runAs,
    cwd: folder,
    // Nothing of ours but the path: our environment may hold credentials.
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    // Ctrl-C in a terminal reaches us, and the server hears of it in our order.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  shell.stdin.on('error', () => {});
  // The shell has let go of this pipe, so its end means that the server is gone.
  shell.stderr.setEncoding('utf8').once('end', () => shell.stdin.end());
  return { log: shell.stderr, stop: () => endInput(shell) };
}

async function endInput(shell: ChildProcess): Promise<void> {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  const exited = once(shell, 'exit');
  shell.stdin?.end();
  await exited;
}
