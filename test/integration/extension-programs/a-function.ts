import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { layOut, nodeLayerFiles } from '../../../build/layer-files.ts';
import { freePort } from '../../../local/free-port.ts';
import { type Lambda, startLambda } from '../../../local/lambda/lambda.ts';
import type { LambdaOptions } from '../../../local/lambda/settings.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const programs = fileURLToPath(new URL('.', import.meta.url));
const nodeRuntime = join(root, 'local/lambda/runtime.ts');
const preload = join(root, 'local/lambda/wall-clock-preload.cjs');

/** The layer as Lambda lays it out below `/opt`, built once for a file of tests. */
export async function aLayer(): Promise<{ readonly opt: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-layer-'));
  const opt = join(folder, 'opt');
  await layOut(await nodeLayerFiles(root, join(folder, 'build')), opt);
  return { opt, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface FunctionOptions extends Partial<LambdaOptions> {
  readonly opt: string;
  readonly apiUrl?: string;
  /** Whether the extension reads the clock of `local/lambda/wall-clock.ts`, which its launcher keeps away. */
  readonly withWallClock?: boolean;
}

export interface RunningFunction extends Lambda {
  readonly port: number;
  /** The folder that the extension takes for `/tmp`. */
  readonly temporary: string;
}

/** An emulated function of `functions.cjs` with the extension. Closed when the test ends. */
export async function aFunction(
  handler: 'first' | 'token',
  { opt, apiUrl, withWallClock = false, ...options }: FunctionOptions,
): Promise<RunningFunction> {
  const temporary = await mkdtemp(join(tmpdir(), 'tokenvend-function-'));
  const port = await freePort();
  const lambda = await startLambda({
    runtime: { command: process.execPath, args: [nodeRuntime] },
    extensionsDirectory: join(
      withWallClock ? await clockedLayer(opt, temporary) : opt,
      'extensions',
    ),
    taskDirectory: programs,
    function: { handler: `functions.${handler}` },
    functionTimeoutMs: 20_000,
    ...options,
    env: {
      ...(apiUrl === undefined ? {} : { TOKENVEND_API_URL: apiUrl }),
      TOKENVEND_PORT: String(port),
      TMPDIR: temporary,
      ...options.env,
    },
  });
  onTestFinished(async () => {
    await lambda.close();
    await rm(temporary, { recursive: true, force: true });
  });
  return { ...lambda, port, temporary };
}

/** What `functions.token` returned. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly tookMs: number;
}

export async function invoked(lambda: Lambda, event: object = {}): Promise<Answered> {
  const { body } = await lambda.invoke(event);
  const answered: Answered = JSON.parse(body);
  if (typeof answered.status !== 'number') throw new Error(`the function failed: ${body}`);
  return answered;
}

/** The extension's log lines, parsed. */
export function logged(lambda: Lambda): { readonly code: string; readonly level: string }[] {
  return lambda
    .logs()
    .filter(({ source, stream }) => source === 'tokenvend' && stream === 'stdout')
    .map(({ text }): { code: string; level: string } => JSON.parse(text));
}

/** The layer with a launcher that preloads the emulator's clock, which the real one would unset. */
async function clockedLayer(opt: string, folder: string): Promise<string> {
  const clocked = join(folder, 'opt');
  await mkdir(join(clocked, 'extensions'), { recursive: true });
  const launcher = join(clocked, 'extensions', 'tokenvend');
  const start = `exec "${process.execPath}" --require "${preload}" "${opt}/tokenvend/extension.cjs"`;
  await writeFile(launcher, `#!/bin/sh\nunset NODE_OPTIONS\n${start}\n`);
  await chmod(launcher, 0o755);
  return clocked;
}
