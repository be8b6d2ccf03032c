import { createGate, type Gate } from './gate.ts';

/** One call of the function, on its way through the environment. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  readonly deadline: Date;
  readonly functionArn: string;
  /** As in `X-Amzn-Trace-Id`. */
  readonly traceId: string | undefined;
  /** Opened by the runtime's answer. */
  readonly answered: Gate<FunctionAnswer>;
}

/** What the runtime sent: the function's result, or its error as JSON. */
export interface FunctionAnswer {
  readonly kind: 'response' | 'error';
  readonly body: string;
}

export function createInvocation(parts: Omit<Invocation, 'answered'>): Invocation {
  return { ...parts, answered: createGate() };
}
