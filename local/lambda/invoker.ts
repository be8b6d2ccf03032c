import type { Environment } from './environment.ts';
import type { History } from './history.ts';
import type { PhaseEnd } from './init-phase.ts';
import { createInvocation, type Invocation } from './invocation.ts';
import type { InvokeResult } from './invoke-result.ts';
import type { Settings } from './settings.ts';

/** Calls the function in one environment. */
export interface Invoker {
  invoke(call: FunctionCall): Promise<InvokeResult>;
  /** Resolves when no invocation is under way, slow extensions included. */
  idle(): Promise<void>;
}

export interface FunctionCall {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** As in `X-Amzn-Trace-Id`. */
  readonly traceId: string | undefined;
}

export interface InvokerDependencies {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly history: History;
  /** How the init before the first invocation ended; `undefined` where it is left to that. */
  readonly initialized: Promise<PhaseEnd | undefined>;
}

/** The invocation of a call that starts now: its deadline is the function's timeout away. */
export function invocationOf(call: FunctionCall, settings: Settings): Invocation {
  const { region, accountId, name } = settings.function;
  return createInvocation({
    ...call,
    deadline: new Date(settings.clock().getTime() + settings.functionTimeoutMs),
    functionArn: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
  });
}
