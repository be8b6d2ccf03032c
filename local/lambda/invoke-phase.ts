import type { Deadline } from './deadline.ts';
import { invokeEvent } from './events.ts';
import { failureOf, type PhaseEnd } from './init-phase.ts';
import type { FunctionAnswer, Invocation } from './invocation.ts';
import type { Sandbox } from './sandbox.ts';

/**
 * Hands the invocation to the runtime and the subscribed extensions at the same time. Done when all
 * of them wait for their next event; `onAnswer` hears of the runtime's answer as soon as it is there.
 */
export async function invokePhase(
  sandbox: Sandbox,
  invocation: Invocation,
  deadline: Deadline,
  onAnswer: (answer: FunctionAnswer) => void,
): Promise<PhaseEnd> {
  return await Promise.race([
    steps(sandbox, invocation, onAnswer),
    failureOf(sandbox),
    deadline.passed.then(() => ({ kind: 'timeout' as const })),
  ]);
}

async function steps(
  sandbox: Sandbox,
  invocation: Invocation,
  onAnswer: (answer: FunctionAnswer) => void,
): Promise<PhaseEnd> {
  const subscribers = sandbox.extensions.subscribers('INVOKE');
  for (const extension of subscribers) extension.release(invokeEvent(invocation));
  sandbox.runtime.release(invocation);
  onAnswer(await invocation.answered.opened);
  await sandbox.runtime.whenReady();
  await Promise.all(subscribers.map((extension) => extension.whenReady()));
  return { kind: 'done' };
}
