import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { isAwsIdentityVariable, isIdentityVariable } from '../identity/identity-variables.ts';

/** How an application is told that there are new files. */
export type Notice =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals; readonly pidFile: string };

/** Tells the application; never rejects, and never runs twice at once. */
export interface Notifier {
  notify(aliases: readonly string[]): void;
}

export interface NotifierDependencies {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told when it did not work, and why. */
  readonly onFailure: (why: string) => void;
}

/** A command that hangs must not keep the next notice from being given. Milliseconds. */
const commandTimeoutMs = 30_000;

/** Notices that come while one is being given become one more. */
export function createNotifier(notice: Notice, deps: NotifierDependencies): Notifier {
  let waiting = new Set<string>();
  let isBusy = false;
  const work = async (): Promise<void> => {
    isBusy = true;
    while (waiting.size > 0) {
      const aliases = [...waiting];
      waiting = new Set();
      const failure = await give(notice, aliases, deps.env);
      if (failure !== undefined) deps.onFailure(failure);
    }
    isBusy = false;
  };
  return {
    notify(aliases) {
      for (const alias of aliases) waiting.add(alias);
      if (!isBusy) void work();
    },
  };
}

function give(
  notice: Notice,
  aliases: readonly string[],
  env: NotifierDependencies['env'],
): Promise<string | undefined> {
  return notice.kind === 'signal' ? signal(notice) : run(notice.command, aliases, env);
}

async function signal({ signal, pidFile }: Extract<Notice, { kind: 'signal' }>) {
  try {
    const pid = Number((await readFile(pidFile, 'utf8')).trim());
    // 0 and negative numbers mean whole groups of processes, ours among them; 1 ends a container.
    if (!Number.isSafeInteger(pid) || pid < 2) return `${pidFile} holds no process id`;
    process.kill(pid, signal);
    return undefined;
  } catch {
    return `the process of ${pidFile} could not be signalled`;
  }
}

function run(
  command: string,
  aliases: readonly string[],
  env: NotifierDependencies['env'],
): Promise<string | undefined> {
  const kept = Object.entries(env).filter(
    ([name]) => !isIdentityVariable(name) && !isAwsIdentityVariable(name),
  );
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', command], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...Object.fromEntries(kept), REFRESHED_TARGETS: aliases.join(' ') },
      timeout: commandTimeoutMs,
      killSignal: 'SIGKILL',
    });
    child.on('error', () => resolve('the command of --on-refresh could not be started'));
    child.on('close', (code) =>
      resolve(
        code === 0 ? undefined : `the command of --on-refresh ended with ${code ?? 'a signal'}`,
      ),
    );
  });
}
