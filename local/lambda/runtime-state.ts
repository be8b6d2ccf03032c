/** Where a runtime stands that takes one invocation at a time. */
export type RuntimeState = 'Started' | 'Ready' | 'Running' | 'ResponseSent' | 'InitError';

export type RuntimeStep = 'next' | 'release' | 'response' | 'initError';

/**
 * The state after `step`, or `undefined` where that step is not allowed. A runtime that asks for the
 * next invocation while it has one gets the same again: its first request may have been lost.
 */
export function runtimeStateAfter(
  state: RuntimeState,
  step: RuntimeStep,
): RuntimeState | undefined {
  return table[state][step];
}

const table: Record<RuntimeState, Partial<Record<RuntimeStep, RuntimeState>>> = {
  Started: { next: 'Ready', initError: 'InitError' },
  Ready: { next: 'Ready', release: 'Running' },
  Running: { next: 'Running', response: 'ResponseSent' },
  ResponseSent: { next: 'Ready' },
  InitError: {},
};
