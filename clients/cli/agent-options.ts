import { isIP } from 'node:net';
import type { Command } from 'commander';
import type { AgentStatus } from '../agent/agent-status.ts';
import type { HealthServer } from '../agent/health-server.ts';
import type { Notice } from '../agent/refresh-notice.ts';
import { usageError } from './cli-error.ts';
import { addFileOptions, type FileOptions } from './file-options.ts';
import { wholeNumber } from './numbers.ts';

/** The flags of `agent`. */
export interface AgentOptions extends FileOptions {
  readonly onRefresh?: string;
  readonly refreshSignal?: string;
  readonly pidFile?: string;
  readonly healthPort?: string;
  readonly healthAddress: string;
  readonly metrics?: true;
}

/** Adds the flags of `agent`: those of `write`, and its own. */
export function addAgentOptions(command: Command): Command {
  return addFileOptions(command)
    .option(
      '--on-refresh <command>',
      'run by the shell after files changed; REFRESHED_TARGETS says which',
    )
    .option('--refresh-signal <name>', 'sent after files changed, to the process of --pid-file')
    .option('--pid-file <path>', 'read anew for every signal')
    .option('--health-port <port>', 'serve /startup, /readiness and /liveness')
    .option(
      '--health-address <ip>',
      "0.0.0.0 for kubelet, which asks the pod's address",
      '127.0.0.1',
    )
    .option('--metrics', 'serve /metrics for Prometheus as well');
}

/** How the application is to be told of new files. @throws CliError for half of it, or both ways. */
export function noticeOf(options: AgentOptions): Notice | undefined {
  const { onRefresh: command, refreshSignal, pidFile } = options;
  if ((refreshSignal === undefined) !== (pidFile === undefined)) {
    throw usageError('--refresh-signal and --pid-file belong together.');
  }
  if (refreshSignal === undefined || pidFile === undefined) {
    return command === undefined ? undefined : { kind: 'command', command };
  }
  if (command !== undefined) throw usageError('Give --on-refresh or --refresh-signal, not both.');
  return { kind: 'signal', signal: signalNamed(refreshSignal), pidFile };
}

function signalNamed(text: string): NodeJS.Signals {
  const wanted = text.startsWith('SIG') ? text : `SIG${text}`;
  const found = signalNames.find((name) => name === wanted);
  if (found === undefined)
    throw usageError('--refresh-signal takes the name of a signal, as in HUP.');
  return found;
}

/** Those that applications reload on. */
const signalNames = ['SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGINT', 'SIGTERM', 'SIGWINCH'] as const;

/** Serves the probes, where they are wanted. Rejects with `CliError` where the port cannot be had. */
export async function serveHealth(
  options: AgentOptions,
  status: AgentStatus,
  clock: () => Date,
): Promise<HealthServer | undefined> {
  const { healthPort, healthAddress: address, metrics = false } = options;
  if (healthPort === undefined) return undefined;
  const port = wholeNumber('--health-port', healthPort, { least: 1, most: 65_535 });
  if (isIP(address) === 0) throw usageError('--health-address takes an IP address.');
  const { startHealthServer } = await import('../agent/health-server.ts');
  try {
    return await startHealthServer({ status, clock, address, port, metrics });
  } catch {
    throw usageError(`${address}:${port} (--health-port) cannot be had.`);
  }
}
