import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** The extension as a process, with no more of Lambda around it than the calls that it makes. */
export interface ExtensionProcess {
  /** Calls so far: path, and the body. */
  readonly calls: readonly { readonly path: string; readonly body: string }[];
  /** Answers the open call for the next event. */
  release(event: object): void;
  /** Whether it waits for an event. */
  isWaiting(): boolean;
  exited(): Promise<number | null>;
  readonly stdout: () => string;
}

/** Starts the launcher of a layer. Killed when the test ends. */
export async function anExtensionProcess(
  opt: string,
  env: Readonly<Record<string, string>>,
): Promise<ExtensionProcess> {
  const calls: { path: string; body: string }[] = [];
  let answerNext: ((event: object) => void) | undefined;
  const server = createServer(async (incoming, outgoing) => {
    const path = (incoming.url ?? '').replace('/2020-01-01/extension/', '');
    calls.push({ path, body: await text(incoming) });
    if (path === 'register') outgoing.setHeader('lambda-extension-identifier', 'an-id');
    if (path !== 'event/next') outgoing.end('{}');
    else answerNext = (event) => outgoing.end(JSON.stringify(event));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const child = start(opt, { ...env, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` });
  let stdout = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  const exit = once(child, 'exit');
  onTestFinished(() => {
    child.kill('SIGKILL');
    server.close();
    server.closeAllConnections();
  });
  return {
    calls,
    release: (event) => {
      answerNext?.(event);
      answerNext = undefined;
    },
    isWaiting: () => answerNext !== undefined,
    exited: async () => (await exit)[0],
    stdout: () => stdout,
  };
}

function start(opt: string, env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(join(opt, 'extensions', 'tokenvend'), {
    env: { PATH: process.env.PATH, AWS_REGION: 'eu-west-1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
