import { spawn } from 'node:child_process';

/**
 * Kills the process group when we are gone, by SIGKILL too: the kernel then closes the pipe to the
 * guard's standard input. A stopped process would otherwise stay stopped for ever.
 *
 * @returns a function that dismisses the guard, to be called when the group has ended.
 */
export function guard(groupId: number): () => void {
  const shell = spawn('sh', ['-c', script, 'guard', String(groupId)], {
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  return () => {
    shell.kill('SIGKILL');
    shell.stdin.destroy();
  };
}

/** Built-ins only, since the guard has no PATH. */
const script = 'while read -r _; do :; done; kill -s KILL -- "-$1"';
