import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type CallerName, identityOf } from '../../local/callers.ts';
import type { RunningPart } from '../../local/running-parts.ts';
import type { StackBehindTls } from '../stack-behind-tls.ts';
import type { PackagedCli } from './packaged-cli.ts';

/** A sidecar that keeps the files of one target fresh. */
export interface AgentProcess extends RunningPart {
  readonly pid: number;
}

export interface AgentOptions {
  /** A program to load first. */
  readonly preload?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const caller: CallerName = 'orders-pod';

/** Longer than any run: nothing renews the file with the identity. */
const identitySeconds = 12 * 3600;

/** The longest that the command takes: a clock that runs faster ends calls early. */
const timeoutMs = '600000';

/** Starts the agent, and waits until the files are there. */
export async function startAgent(
  api: StackBehindTls,
  cli: PackagedCli,
  { preload, env = {} }: AgentOptions = {},
): Promise<AgentProcess> {
  const folder = await mkdtemp(join(cli.folder, 'agent-'));
  const identity = join(folder, 'identity');
  await writeFile(identity, await identityOf(api.stack, caller, identitySeconds), { mode: 0o600 });
  const files = join(folder, 'files');
  const flags = ['--dir', files, '--identity-token-file', identity, '--timeout-ms', timeoutMs];
  const command = cli.command(['agent', 'orders', ...flags], env);
  const loaded = preload === undefined ? [] : ['--require', preload];
  const child = spawn(command.file, [...loaded, ...command.args], {
    env: command.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part) => {
    said += part;
  });
  const exited = once(child, 'exit').then(() => 'ended' as const);
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  const first = await Promise.race([present(join(files, 'orders', 'connection.json')), exited]);
  if (first === 'ended') throw new Error(`the agent ended: ${said}`);
  return { pid: child.pid ?? 0, close };
}

async function present(file: string): Promise<'present'> {
  while (
    !(await access(file).then(
      () => true,
      () => false,
    ))
  )
    await pause(50);
  return 'present';
}
