import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ProcessGroup, startProcess } from '../../local/lambda/process-group.ts';
import { ask } from './api-client.ts';
import type { StartSubject } from './subject.ts';

/**
 * The Runtime Interface Emulator at `path`. It looks for extensions in `/opt/extensions` and nowhere
 * else, so that it gets a mount namespace of its own: that takes root, and leaves the host's alone. In a
 * process namespace of its own, whatever it started ends with it.
 */
export function runtimeInterfaceEmulator(path: string): StartSubject {
  return async ({ extensionsDirectory, runtimeProgram, functionTimeoutSeconds }) => {
    const [runtimeApi, front] = [await freeAddress(), await freeAddress()];
    const flags = ['--runtime-api-address', runtimeApi];
    const frontFlags = ['--runtime-interface-emulator-address', front];
    const script = 'mount --bind "$1" /opt && shift && exec "$@"';
    const mounted = ['sh', '-c', script, 'sh', dirname(extensionsDirectory)];
    const group = await startProcess(
      {
        name: 'rie',
        command: 'unshare',
        args: [...namespaces, ...mounted, path, ...flags, ...frontFlags, runtimeProgram, 'handler'],
        env: {
          PATH: process.env.PATH ?? '',
          AWS_LAMBDA_FUNCTION_TIMEOUT: String(functionTimeoutSeconds),
        },
        directory: dirname(runtimeProgram),
      },
      () => undefined,
    );
    await listening(group, front);
    return {
      runtimeApi,
      invoke: () => ask(front, invokePath, { method: 'POST', body: '{}' }),
      async close() {
        group.signal('SIGKILL');
        await group.exited;
      },
    };
  };
}

const namespaces = ['--mount', '--pid', '--fork', '--kill-child=SIGKILL'];

const invokePath = '/2015-03-31/functions/function/invocations';

/** Free a moment ago: it cannot be told to choose one itself. */
async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  server.close();
  if (bound === null || typeof bound === 'string') throw new Error('not a TCP listener');
  return `127.0.0.1:${bound.port}`;
}

/** Asks nothing: a request could start the function. */
async function listening(group: ProcessGroup, address: string): Promise<void> {
  for (let tries = 0; tries < 250; tries += 1) {
    if (group.hasExited()) throw new Error('the Runtime Interface Emulator did not start');
    if (await accepts(address)) return;
    await pause(20);
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
