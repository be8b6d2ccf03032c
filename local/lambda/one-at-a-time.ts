import { type Deadline, startDeadline } from './deadline.ts';
import { extensionFiles } from './extension-files.ts';
import { createGate } from './gate.ts';
import type { PhaseEnd, Trouble } from './init-phase.ts';
import type { FunctionAnswer, Invocation } from './invocation.ts';
import { invokePhase } from './invoke-phase.ts';
import { busyResult, type InvokeResult, resultOfAnswer, resultOfTrouble } from './invoke-result.ts';
import {
  type FunctionCall,
  type Invoker,
  type InvokerDependencies,
  invocationOf,
} from './invoker.ts';

/**
 * One invocation after the other, and a frozen environment between them. Lambda would send a second
 * one to another environment; here it waits for its turn.
 */
export function invokeOneAtATime(deps: InvokerDependencies): Invoker {
  let turn: Promise<void> = Promise.resolve();
  let underWay = 0;

  const queue = (work: () => Promise<void>): Promise<void> => {
    underWay += 1;
    const done = turn.then(work).finally(() => {
      underWay -= 1;
    });
    turn = done.catch(() => undefined);
    return done;
  };

  return {
    async invoke(call) {
      if (underWay > 0 && deps.settings.like === 'rie') return busyResult(call.requestId);
      const caller = createGate<InvokeResult>();
      const done = queue(() => runOne(deps, call, caller.open));
      return await Promise.race([caller.opened, done.then(() => caller.opened)]);
    },
    idle: () => turn,
  };
}

/** `tell` may be called more than once; the caller hears the first. */
async function runOne(
  deps: InvokerDependencies,
  call: FunctionCall,
  tell: (result: InvokeResult) => void,
): Promise<void> {
  const { settings, environment, history } = deps;
  const isLambda = settings.like === 'lambda';
  await deps.initialized;
  history.record('invoke');
  const limit = startDeadline(settings.functionTimeoutMs);
  const invocation = invocationOf(call, settings);
  let answered: FunctionAnswer | undefined;
  const end = await inSandbox(deps, invocation, limit, (answer) => {
    answered = answer;
    // Lambda's caller does not wait for slow extensions; the environment does.
    if (isLambda) tell(resultOfAnswer(call.requestId, answer));
  });
  limit.cancel();
  if (end.kind === 'done') {
    environment.freeze();
    if (answered !== undefined) tell(resultOfAnswer(call.requestId, answered));
    return;
  }
  const result = troubleResult(deps, call, end, answered);
  if (isLambda) tell(result);
  await environment.end(end.kind === 'timeout' ? 'timeout' : 'failure');
  tell(result);
}

async function inSandbox(
  deps: InvokerDependencies,
  invocation: Invocation,
  limit: Deadline,
  onAnswer: (answer: FunctionAnswer) => void,
): Promise<PhaseEnd> {
  const { environment } = deps;
  if (environment.sandbox() === undefined) {
    const init = await initWithin(deps, limit);
    if (init.kind !== 'done') return init;
  }
  environment.thaw();
  const sandbox = environment.sandbox();
  if (sandbox === undefined) return { kind: 'timeout' };
  return await invokePhase(sandbox, invocation, limit, onAnswer);
}

/**
 * Where there is no sandbox, its init is part of the invocation, and of the function's timeout. The
 * RIE's first init comes this late too. Then it tries once more, but cannot start an extension whose
 * name it has already (`ErrAgentNameCollision`): an error without a word.
 */
async function initWithin(deps: InvokerDependencies, limit: Deadline): Promise<PhaseEnd> {
  const { environment, settings } = deps;
  const isFirst = environment.isNew();
  const init = await environment.initialize(limit.remainingMs());
  if (settings.like === 'lambda' || !isFirst || init.kind !== 'failed') return init;
  const extensions = await extensionFiles(settings.extensionsDirectory);
  const again = extensions.length > 0 ? init : await environment.initialize(limit.remainingMs());
  return again.kind === 'failed' ? { ...again, functionError: init.functionError ?? '' } : again;
}

function troubleResult(
  { settings }: InvokerDependencies,
  call: FunctionCall,
  trouble: Trouble,
  answered: FunctionAnswer | undefined,
): InvokeResult {
  const { like, functionTimeoutMs } = settings;
  const { requestId } = call;
  return resultOfTrouble(trouble, { requestId, like, functionTimeoutMs, answered: answered?.body });
}
