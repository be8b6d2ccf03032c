import { startDeadline } from './deadline.ts';
import { failureOf, type PhaseEnd, type Trouble } from './init-phase.ts';
import type { FunctionAnswer } from './invocation.ts';
import { type InvokeResult, resultOfAnswer, resultOfTrouble } from './invoke-result.ts';
import {
  type FunctionCall,
  type Invoker,
  type InvokerDependencies,
  invocationOf,
} from './invoker.ts';
import type { Sandbox } from './sandbox.ts';

/** As on managed instances: invocations overlap, extensions hear of none, and nothing freezes. */
export function invokeSideBySide(deps: InvokerDependencies): Invoker {
  const underWay = new Set<Promise<InvokeResult>>();
  let starting: Promise<PhaseEnd> | undefined;

  const ready = async (): Promise<PhaseEnd> => {
    await deps.initialized;
    if (deps.environment.sandbox() !== undefined && starting === undefined) return { kind: 'done' };
    starting ??= deps.environment.initialize(deps.settings.initLimitMs).finally(() => {
      starting = undefined;
    });
    return await starting;
  };

  return {
    async invoke(call) {
      const result = runOne(deps, call, ready);
      underWay.add(result);
      return await result.finally(() => underWay.delete(result));
    },
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}

async function runOne(
  deps: InvokerDependencies,
  call: FunctionCall,
  ready: () => Promise<PhaseEnd>,
): Promise<InvokeResult> {
  const { settings, environment, history } = deps;
  const init = await ready();
  const sandbox = environment.sandbox();
  if (init.kind !== 'done') return troubleResult(deps, call, init);
  if (sandbox === undefined) return troubleResult(deps, call, { kind: 'timeout' });
  history.record('invoke');
  const end = await answerOrTrouble(deps, call, sandbox);
  if ('body' in end) return resultOfAnswer(call.requestId, end);
  // A timeout concerns one of many; only a process that is gone takes the others with it.
  if (end.kind === 'failed') await environment.end('failure');
  return troubleResult({ settings }, call, end);
}

async function answerOrTrouble(
  { settings }: InvokerDependencies,
  call: FunctionCall,
  sandbox: Sandbox,
): Promise<FunctionAnswer | Trouble> {
  const limit = startDeadline(settings.functionTimeoutMs);
  const invocation = invocationOf(call, settings);
  sandbox.runtime.release(invocation);
  const end = await Promise.race([
    invocation.answered.opened,
    failureOf(sandbox),
    limit.passed.then(() => ({ kind: 'timeout' as const })),
  ]);
  limit.cancel();
  return end;
}

function troubleResult(
  { settings }: Pick<InvokerDependencies, 'settings'>,
  { requestId }: FunctionCall,
  trouble: Trouble,
): InvokeResult {
  const { like, functionTimeoutMs } = settings;
  return resultOfTrouble(trouble, { requestId, like, functionTimeoutMs, answered: undefined });
}
