import { type ApiAnswer, accepted, stateRefusal } from './api-answer.ts';
import { runtimeEvent } from './events.ts';
import type { Invocation } from './invocation.ts';
import { createReadiness } from './readiness.ts';
import { invalidRequestId, type RuntimeSession } from './runtime-session.ts';

/**
 * A runtime on managed instances: it polls several times at once, and has as many invocations. What
 * it cannot take yet waits.
 */
export function createConcurrentRuntimeSession(): RuntimeSession {
  const polls: ((answer: ApiAnswer) => void)[] = [];
  const waiting: Invocation[] = [];
  const inFlight = new Map<string, Invocation>();
  let hasPolled = false;
  let initError: string | undefined;
  const ready = createReadiness(() => hasPolled);

  const meet = (): void => {
    while (polls.length > 0 && waiting.length > 0) {
      const [poll, invocation] = [polls.shift(), waiting.shift()];
      if (poll === undefined || invocation === undefined) return;
      inFlight.set(invocation.requestId, invocation);
      poll(runtimeEvent(invocation));
    }
  };

  return {
    next: () =>
      new Promise((resolve) => {
        hasPolled = true;
        ready.check();
        polls.push(resolve);
        meet();
      }),
    answer(requestId, answer) {
      const invocation = inFlight.get(requestId);
      if (invocation === undefined) return invalidRequestId;
      inFlight.delete(requestId);
      invocation.answered.open(answer);
      return accepted;
    },
    reportInitError(body) {
      const transition = { of: 'runtime', from: 'Ready', to: 'InitError' };
      if (hasPolled) return stateRefusal('InvalidStateTransition', transition);
      initError = body;
      return accepted;
    },
    initError: () => initError,
    release(invocation) {
      waiting.push(invocation);
      meet();
    },
    whenReady: () => ready.reached(),
  };
}
