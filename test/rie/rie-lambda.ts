import { once } from 'node:events';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../local/free-port.ts';
import { type ProcessGroup, startProcess } from '../../local/lambda/process-group.ts';
import type { LambdaOptions } from '../../local/lambda/settings.ts';
import { ask, type Seen } from './api-client.ts';
import { namespaces } from './rie-program.ts';

/** A function under the Runtime Interface Emulator. Nothing of it is started before the first call. */
export interface RieLambda {
  /** `host:port` of the Runtime and Extensions APIs. */
  readonly runtimeApi: string;
  invoke(payload?: unknown): Promise<Seen>;
  /** What it and all that it started have written. */
  logs(): readonly { readonly text: string }[];
  close(): Promise<void>;
}

/** Of what our emulator takes, what the RIE can be told. */
export interface RieOptions
  extends Pick<
    LambdaOptions,
    | 'credentials'
    | 'env'
    | 'extensionsDirectory'
    | 'function'
    | 'functionTimeoutMs'
    | 'runtime'
    | 'taskDirectory'
  > {
  /** A file that it and the function find as `/etc/hosts`. */
  readonly hostsFile?: string;
}

/**
 * Starts the RIE at `path`. It looks for extensions in `/opt/extensions` and nowhere else, so that it
 * gets a mount namespace of its own, which leaves the host's alone. In a process namespace of its own,
 * whatever it started ends with it.
 */
export async function startUnderRie(path: string, options: RieOptions): Promise<RieLambda> {
  const runtimeApi = `127.0.0.1:${await freePort()}`;
  const front = `127.0.0.1:${await freePort()}`;
  const flags = [
    '--runtime-api-address',
    runtimeApi,
    '--runtime-interface-emulator-address',
    front,
  ];
  const { command, args = [] } = options.runtime;
  // The last argument is what it takes for the handler's name.
  const program = [path, ...flags, command, ...args, options.function?.handler ?? 'handler'];
  const lines: { text: string }[] = [];
  const group = await startProcess(
    {
      name: 'rie',
      command: 'unshare',
      args: [...namespaces, ...mounted(options), ...program],
      env: variablesOf(options),
      directory: options.taskDirectory ?? process.cwd(),
    },
    (line) => lines.push(line),
  );
  await listening(group, front);
  return {
    runtimeApi,
    invoke: (payload = {}) =>
      ask(front, invokePath, { method: 'POST', body: JSON.stringify(payload) }),
    logs: () => lines,
    async close() {
      group.signal('SIGKILL');
      await group.exited;
    },
  };
}

const invokePath = '/2015-03-31/functions/function/invocations';

const mountAll = `set -e
mount -t tmpfs none /opt
while [ "$1" != -- ]; do mount --bind "$1" "$2"; shift 2; done
shift
exec "$@"`;

/** Without extensions `/opt` is empty, whatever the host has there. */
function mounted({ extensionsDirectory, hostsFile }: RieOptions): string[] {
  const opt = extensionsDirectory === undefined ? [] : [dirname(extensionsDirectory), '/opt'];
  const hosts = hostsFile === undefined ? [] : [hostsFile, '/etc/hosts'];
  return ['sh', '-c', mountAll, 'sh', ...opt, ...hosts, '--'];
}

/** It hands its own environment on to what it starts. */
function variablesOf(options: RieOptions): Record<string, string> {
  const { credentials, env = {}, function: facts = {}, functionTimeoutMs = 3_000 } = options;
  return {
    PATH: process.env.PATH ?? '',
    ...env,
    AWS_LAMBDA_FUNCTION_TIMEOUT: String(functionTimeoutMs / 1000),
    AWS_REGION: facts.region ?? 'eu-west-1',
    LAMBDA_TASK_ROOT: options.taskDirectory ?? process.cwd(),
    ...(facts.name && { AWS_LAMBDA_FUNCTION_NAME: facts.name }),
    ...(facts.memoryMb && { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(facts.memoryMb) }),
    ...(credentials && {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    }),
  };
}

/** Asks nothing: a request could start the function. */
async function listening(group: ProcessGroup, address: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (group.hasExited()) throw new Error('the Runtime Interface Emulator did not start');
    if (await accepts(address)) return;
    await pause(5);
  }
  throw new Error('the Runtime Interface Emulator does not listen');
}

async function accepts(address: string): Promise<boolean> {
  const [host = '', port] = address.split(':');
  const socket = connect(Number(port), host);
  const accepted = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return accepted;
}
