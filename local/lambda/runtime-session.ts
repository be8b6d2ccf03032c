import { type ApiAnswer, accepted, refusal, stateRefusal } from './api-answer.ts';
import { runtimeEvent } from './events.ts';
import type { FunctionAnswer, Invocation } from './invocation.ts';
import { createLongPoll } from './long-poll.ts';
import { createReadiness } from './readiness.ts';
import { type RuntimeState, type RuntimeStep, runtimeStateAfter } from './runtime-state.ts';

/** The runtime of one environment, as the Runtime API sees it. */
export interface RuntimeSession {
  /** Resolves with the next invocation, which may be never. */
  next(): Promise<ApiAnswer>;
  /** Takes the answer to the invocation of that id. */
  answer(requestId: string, answer: FunctionAnswer): ApiAnswer;
  /** Takes the error that kept the function from starting, as JSON. */
  reportInitError(body: string): ApiAnswer;
  /** What `reportInitError` took. */
  initError(): string | undefined;
  release(invocation: Invocation): void;
  /** When it next waits for an invocation: at once if it does. */
  whenReady(): Promise<void>;
}

/** A runtime that takes one invocation at a time: everywhere but on managed instances. */
export function createRuntimeSession(): RuntimeSession {
  let state: RuntimeState = 'Started';
  let current: Invocation | undefined;
  let initError: string | undefined;
  const poll = createLongPoll();
  const ready = createReadiness(() => state === 'Ready');

  const step = (action: RuntimeStep, to: string): ApiAnswer | undefined => {
    const [from, after] = [state, runtimeStateAfter(state, action)];
    if (after === undefined) {
      return stateRefusal('InvalidStateTransition', { of: 'runtime', from, to });
    }
    state = after;
    ready.check();
    return undefined;
  };

  return {
    async next() {
      const refused = step('next', 'Ready');
      if (refused !== undefined) return refused;
      return state === 'Running' && current !== undefined ? runtimeEvent(current) : poll.wait();
    },
    answer(requestId, answer) {
      if (current?.requestId !== requestId) return invalidRequestId;
      const refused = step('response', 'InvocationResponse');
      if (refused !== undefined) return refused;
      current.answered.open(answer);
      return accepted;
    },
    reportInitError(body) {
      const refused = step('initError', 'InitError');
      if (refused === undefined) initError = body;
      return refused ?? accepted;
    },
    initError: () => initError,
    release(invocation) {
      current = invocation;
      poll.offer(() => step('release', 'Running') ?? runtimeEvent(invocation));
    },
    whenReady: () => ready.reached(),
  };
}

export const invalidRequestId: ApiAnswer = refusal('InvalidRequestID', 'Invalid request ID', 400);
