import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type ApiAnswer, type ApiRequest, jsonAnswer } from '../../local/lambda/api-answer.ts';
import { serveApi } from '../../local/lambda/api-server.ts';
import { createGate } from '../../local/lambda/gate.ts';
import { region } from '../../local/organization.ts';
import { type RunningPart, runningParts } from '../../local/running-parts.ts';
import { runTimeMs } from '../run-time.ts';
import type { StackBehindTls } from '../stack-behind-tls.ts';
import { functionEnvironment, roleCredentials } from './environment.ts';

/** The extension as Lambda starts it, in an environment that is never invoked and never frozen. */
export interface ExtensionProcess extends RunningPart {
  readonly pid: number;
  readonly port: number;
  /** What requests must carry. */
  readonly token: string;
  /** What it took until it had registered, before which it listens. */
  readonly registration: StartCost;
}

/** From the start of a process until a sign of it. Milliseconds. */
export interface StartCost {
  readonly passedMs: number;
  /** On a processor. */
  readonly runMs: number;
}

export interface ExtensionPlace {
  /** The layer as it lies below `/opt`. */
  readonly opt: string;
  readonly api: StackBehindTls;
}

/** Starts the layer's launcher, and waits until it has registered. */
export async function startExtension(
  { opt, api }: ExtensionPlace,
  own: Readonly<Record<string, string>> = {},
): Promise<ExtensionProcess> {
  const parts = runningParts();
  const registered = createGate<StartCost>();
  let costNow = (): StartCost => ({ passedMs: 0, runMs: 0 });
  const answer = extensionsApi(() => registered.open(costNow()));
  const server = await parts.add(serveApi(answer));
  const { port, variables } = await parts.add(functionEnvironment(api, own));
  const credentials = roleCredentials(api);
  const env = {
    ...variables,
    ...credentialVariables(credentials),
    AWS_LAMBDA_RUNTIME_API: server.address,
  };
  const startedAtMs = performance.now();
  const child = spawn(join(opt, 'extensions', 'tokenvend'), {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { pid = 0 } = child;
  costNow = () => ({ passedMs: performance.now() - startedAtMs, runMs: runTimeMs(pid) });
  await parts.add(Promise.resolve({ close: () => kill(child) }));
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the extension ended')));
  const registration = await Promise.race([registered.opened, ended]);
  // It ends when it is killed.
  ended.catch(() => undefined);
  const { sessionToken: token } = credentials;
  return { pid, port, token, registration, close: () => parts.close() };
}

/** Of Lambda no more than a registration, and an event that never comes. */
function extensionsApi(onRegistered: () => void) {
  return (request: ApiRequest): ApiAnswer | Promise<ApiAnswer> => {
    if (!request.path.endsWith('/register')) return new Promise(() => {});
    onRegistered();
    return jsonAnswer(200, {}, { 'lambda-extension-identifier': 'bench' });
  };
}

function credentialVariables(credentials: ReturnType<typeof roleCredentials>) {
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
