import { startDeadline } from './deadline.ts';
import { type ExtensionFile, extensionFiles } from './extension-files.ts';
import { maxExtensions } from './extension-set.ts';
import type { Failure, FailureType } from './failure.ts';
import type { Program } from './process-group.ts';
import { runtimeProcessName, type Sandbox } from './sandbox.ts';
import type { Settings } from './settings.ts';
import type { Variables } from './variables.ts';

export type PhaseEnd = { readonly kind: 'done' } | Trouble;

/** What ends a phase, and with it the environment. */
export type Trouble =
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      /** What the runtime reported before it ended, as JSON. */
      readonly functionError: string | undefined;
    }
  | { readonly kind: 'timeout' };

export interface InitDependencies {
  readonly settings: Settings;
  readonly variables: { readonly runtime: Variables; readonly extension: Variables };
}

/**
 * Starts the extensions, then the runtime as soon as all of them have registered. Done when the
 * runtime and every registered extension, subscribed or not, wait for their first event.
 */
export async function initPhase(
  deps: InitDependencies,
  sandbox: Sandbox,
  limitMs: number,
): Promise<PhaseEnd> {
  const limit = startDeadline(limitMs);
  const end = await Promise.race([
    steps(deps, sandbox),
    failureOf(sandbox),
    limit.passed.then(() => ({ kind: 'timeout' as const })),
  ]);
  limit.cancel();
  return end;
}

export async function failureOf(sandbox: Sandbox): Promise<Trouble> {
  const failure = await sandbox.failure.failed;
  return { kind: 'failed', failure, functionError: sandbox.runtime.initError() };
}

async function steps(deps: InitDependencies, sandbox: Sandbox): Promise<PhaseEnd> {
  for (const file of await extensionFiles(deps.settings.extensionsDirectory)) {
    if (!(await launchExtension(deps, sandbox, file))) return never();
  }
  await Promise.all(sandbox.extensions.external().map((one) => one.whenRegistered()));
  if (!(await launchRuntime(deps, sandbox))) return never();
  await sandbox.runtime.whenReady();
  sandbox.extensions.closeRegistration();
  await Promise.all(sandbox.extensions.all().map((one) => one.whenReady()));
  return { kind: 'done' };
}

/** The failure watch has the word. */
function never(): Promise<PhaseEnd> {
  return new Promise(() => {});
}

async function launchExtension(
  deps: InitDependencies,
  sandbox: Sandbox,
  { name, path }: ExtensionFile,
): Promise<boolean> {
  const extension = sandbox.extensions.addExternal(name);
  const program = programOf(name, path, [], deps.variables.extension, deps);
  const tooMany = sandbox.extensions.external().length > maxExtensions;
  const problem = tooMany ? 'TooManyExtensions' : await launch(sandbox, program, 'Extension.Crash');
  if (problem === undefined) return true;
  extension.end('launchError');
  sandbox.failure.fail('Extension.LaunchError', problem);
  return false;
}

async function launchRuntime(deps: InitDependencies, sandbox: Sandbox): Promise<boolean> {
  const { command, args = [] } = deps.settings.runtime;
  const program = programOf(runtimeProcessName, command, args, deps.variables.runtime, deps);
  const problem = await launch(sandbox, program, 'Runtime.ExitError');
  if (problem !== undefined) sandbox.failure.fail('Runtime.InvalidEntrypoint', problem);
  return problem === undefined;
}

function programOf(
  name: string,
  command: string,
  args: readonly string[],
  env: Variables,
  deps: InitDependencies,
): Program {
  return { name, command, args, env, directory: deps.settings.taskDirectory };
}

/** @returns why it could not be started. */
async function launch(
  sandbox: Sandbox,
  program: Program,
  ifItEnds: FailureType,
): Promise<string | undefined> {
  try {
    const { exited } = await sandbox.start(program);
    void exited.then((exit) => sandbox.failure.processEnded(ifItEnds, exit));
    return undefined;
  } catch (error) {
    const isDenied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    return isDenied ? 'PermissionDenied' : 'UnknownError';
  }
}
