import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Lambda, startLambda } from '../../local/lambda/lambda.ts';
import { functionEnvironment, prefetch, roleCredentials } from './environment.ts';
import type { ExtensionPlace } from './extension-process.ts';

const runtime = fileURLToPath(new URL('./runtime.cjs', import.meta.url));

/** A function under the emulator that has been initialized, and how long that took. */
export interface EmulatedFunction extends Lambda {
  readonly initMs: number;
}

export interface FunctionStart {
  /** Whether the extension is there, and whether it fetches a token while the function starts. */
  readonly extension: 'none' | 'idle' | 'prefetching';
}

/** Starts a function that does nothing. */
export async function startFunction(
  { opt, api }: ExtensionPlace,
  { extension }: FunctionStart,
): Promise<EmulatedFunction> {
  const own = extension === 'prefetching' ? { TOKENVEND_PREFETCH: prefetch } : undefined;
  const environment = await functionEnvironment(api, own);
  const startedAtMs = performance.now();
  const lambda = await startLambda({
    runtime: { command: process.execPath, args: [runtime] },
    ...(extension === 'none' ? {} : { extensionsDirectory: join(opt, 'extensions') }),
    credentials: roleCredentials(api),
    env: environment.variables,
  });
  const end = await lambda.initialized;
  const initMs = performance.now() - startedAtMs;
  const close = () => lambda.close().finally(environment.close);
  if (end?.kind === 'done') return { ...lambda, initMs, close };
  await close();
  throw new Error('the function did not start');
}
