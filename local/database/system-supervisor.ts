import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { shellQuote } from '../../core/connection/shell-quote.ts';
import type { SupervisedServer } from './supervisor.ts';
import type { UnprivilegedUser } from './unprivileged-user.ts';

/** A program with its arguments. */
export type Command = readonly [program: string, ...parameters: string[]];

/**
 * Prepares and runs a server as its own account, so that it cannot outlive this process, whichever way
 * this process ends. When it is over, its folder and its PAM service are removed.
 */
export function superviseAs(options: {
  readonly account: UnprivilegedUser;
  readonly folder: string;
  /** Removed with the folder. */
  readonly serviceFile: string;
  readonly prepare: Command;
  readonly run: Command;
}): SupervisedServer {
  const shell = spawn('sh', ['-c', script(options)], {
    cwd: options.folder,
    // Nothing of ours: our environment may hold credentials.
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    // Ctrl-C in a terminal reaches us, and the server hears of it in our order.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  shell.stdin.on('error', () => {});
  // The shell has let go of this pipe, so its end means that the server is gone.
  shell.stderr.setEncoding('utf8').once('end', () => shell.stdin.end());
  const exited = once(shell, 'exit');
  return {
    log: shell.stderr,
    async stop() {
      shell.stdin.end();
      await exited;
    },
  };
}

/**
 * As in `supervisor.ts`, whose comment explains the pipe and the two signals; but the shell stays root,
 * which it takes to remove a PAM service. `setpriv` becomes the server, so that `$!` is the server itself.
 */
function script(options: Parameters<typeof superviseAs>[0]): string {
  const { uid, gid } = options.account;
  const asAccount = (command: Command): string =>
    `setpriv --reuid ${uid} --regid ${gid} --clear-groups ${command.map(shellQuote).join(' ')}`;
  return `
trap ${shellQuote(`rm -rf ${shellQuote(options.folder)} ${shellQuote(options.serviceFile)}`)} EXIT
${asAccount(options.prepare)} </dev/null || exit 1
${asAccount(options.run)} </dev/null &
exec 2>/dev/null
while read -r _; do :; done
kill -TERM $!; kill -QUIT $!
wait $!
`;
}

/**
 * Waits for a line of the log that holds `text`, and lets the rest of the log go.
 *
 * @throws Error with the end of the log when the server gives up first.
 */
export async function untilLogged(
  server: SupervisedServer,
  name: string,
  text: string,
): Promise<void> {
  let log = '';
  for await (const chunk of server.log.iterator({ destroyOnReturn: false })) {
    log += chunk;
    if (log.includes(text)) {
      server.log.resume();
      return;
    }
  }
  await server.stop();
  throw new Error(`${name} did not start: ${log.slice(-1_000)}`);
}
