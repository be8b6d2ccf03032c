import { type Api, type ApiAnswer, type ApiRequest, refusal } from './api-answer.ts';
import { createConcurrentRuntimeSession } from './concurrent-runtime-session.ts';
import { createExtensionSet, type ExtensionSet } from './extension-set.ts';
import { createExtensionsApi } from './extensions-api.ts';
import { createFailureWatch, type FailureWatch } from './failure.ts';
import type { History } from './history.ts';
import { type ProcessGroup, type Program, startProcess } from './process-group.ts';
import { createRuntimeApi } from './runtime-api.ts';
import { createRuntimeSession, type RuntimeSession } from './runtime-session.ts';
import type { Settings } from './settings.ts';

/** Processes and their registrations, from one init to the next reset. */
export interface Sandbox {
  readonly extensions: ExtensionSet;
  readonly runtime: RuntimeSession;
  readonly failure: FailureWatch;
  /** Starts a process of it. */
  start(program: Program): Promise<ProcessGroup>;
  process(name: string): ProcessGroup | undefined;
  processes(): readonly ProcessGroup[];
  readonly api: Api;
}

/** The name of the runtime's process; extensions have their files' names. */
export const runtimeProcessName = 'runtime';

export function createSandbox(settings: Settings, history: History): Sandbox {
  const isConcurrent = settings.mode === 'lambda-managed-instances';
  const extensions = createExtensionSet(settings.mode);
  const runtime = isConcurrent ? createConcurrentRuntimeSession() : createRuntimeSession();
  const failure = createFailureWatch();
  const processes: ProcessGroup[] = [];
  const extensionsApi = createExtensionsApi({
    extensions,
    function: settings.function,
    accountId: settings.like === 'rie' ? undefined : settings.function.accountId,
    onError: failure.reported,
  });
  const runtimeApi = createRuntimeApi(runtime);
  return {
    extensions,
    runtime,
    failure,
    async start(program) {
      const started = await startProcess(program, history.write);
      processes.push(started);
      // Whoever ended the sandbox meanwhile did not know of this one.
      if (failure.isDismissed()) started.signal('SIGKILL');
      return started;
    },
    process: (name) => processes.find((one) => one.name === name),
    processes: () => [...processes],
    api: (request) => extensionsApi(request) ?? runtimeApi(request),
  };
}

/** The answer of the first API that knows the path. */
export function firstAnswer(
  apis: readonly Api[],
  request: ApiRequest,
): ApiAnswer | Promise<ApiAnswer> {
  for (const api of apis) {
    const answer = api(request);
    if (answer !== undefined) return answer;
  }
  return refusal('NotFound', 'No such path', 404);
}
