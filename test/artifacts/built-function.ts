import { access, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { FunctionName } from '../../build/function-names.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { AwsCredentials } from '../../local/callers.ts';
import type { InvokeResult } from '../../local/lambda/invoke-result.ts';
import { startLambda } from '../../local/lambda/lambda.ts';
import type { LambdaOptions } from '../../local/lambda/settings.ts';
import { region } from '../../local/organization.ts';
import { deployedSettings, type TemplateParameters } from './deployed-settings.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const nodeRuntime = join(root, 'local/lambda/runtime.ts');

/** One execution environment of a function out of `dist/`, as template.yaml configures it. */
export interface BuiltFunction {
  /** What the handler returned. Rejects with the name and the message of what it threw. */
  invoke(event: unknown): Promise<unknown>;
  logs(): readonly string[];
  close(): Promise<void>;
}

export interface BuiltOptions {
  readonly parameters?: TemplateParameters;
  readonly credentials: AwsCredentials;
  /** Comes after the template's variables; `undefined` takes one of them away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** In place of the one that the build has packaged. */
  readonly registry?: RegistryDocument;
  /** What runs it; our emulator unless told. */
  readonly start?: StartFunction;
}

/** As much of an emulator of Lambda as a function takes. */
export type StartFunction = (options: LambdaOptions) => Promise<{
  invoke(event: unknown): Promise<Pick<InvokeResult, 'functionError' | 'body'>>;
  logs(): readonly { readonly text: string }[];
  close(): Promise<void>;
}>;

/**
 * Starts the bundle by itself: its folder is copied out of the checkout first, so that a package which
 * was left out of it is not found in `node_modules` after all.
 */
export async function startBuilt(
  name: FunctionName,
  { parameters, credentials, env = {}, registry, start = startLambda }: BuiltOptions,
): Promise<BuiltFunction> {
  const { codeUri, handler, timeoutMs, memoryMb, variables } = deployedSettings(name, parameters);
  const folder = await taskFolder(codeUri, registry);
  const lambda = await start({
    runtime: { command: process.execPath, args: [nodeRuntime] },
    taskDirectory: folder,
    functionTimeoutMs: timeoutMs,
    function: { name: `tokenvend-${name}`, handler, memoryMb, region },
    credentials: { ...credentials, expiresAt: new Date('2100-01-01T00:00:00Z') },
    env: definedIn({ ...inTask(variables, folder), ...env }),
  });
  return {
    invoke: (event) => resultOf(lambda, event),
    logs: () => lambda.logs().map(({ text }) => text),
    close: () => lambda.close().finally(() => rm(folder, { recursive: true, force: true })),
  };
}

async function taskFolder(codeUri: string, registry?: RegistryDocument): Promise<string> {
  const built = join(root, codeUri);
  await access(join(built, 'index.mjs')).catch(() => {
    throw new Error(`nothing is built in ${codeUri}: npm run build comes first`);
  });
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-task-'));
  await cp(built, folder, { recursive: true });
  if (registry !== undefined) {
    await writeFile(join(folder, 'registry.json'), JSON.stringify(registry));
  }
  return folder;
}

/** A machine of ours has no `/var/task`. */
function inTask(variables: Readonly<Record<string, string>>, folder: string) {
  const entries = Object.entries(variables);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value.replace(/^\/var\/task(?=\/|$)/, folder)]),
  );
}

function definedIn(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

async function resultOf(
  lambda: Pick<Awaited<ReturnType<StartFunction>>, 'invoke'>,
  event: unknown,
): Promise<unknown> {
  const { functionError, body } = await lambda.invoke(event);
  const result: unknown = JSON.parse(body);
  if (functionError === undefined) return result;
  const { errorType, errorMessage } = failure.parse(result);
  throw Object.assign(new Error(errorMessage), { name: errorType });
}

const failure = z.object({ errorType: z.string(), errorMessage: z.string() });
