import { afterAll } from 'vitest';
import { holdMachineClock, type MachineClock } from './machine-clock.ts';
import { silenceFunctions, startTestStack, type TestStack } from './test-stack.ts';

/** A stack, and the clock that it goes by. */
export interface HeldStack {
  readonly stack: TestStack;
  readonly clock: MachineClock;
}

/**
 * Starts one stack for all tests of a file, on a clock that they hold. Called at the top of the file;
 * both end with it, the stack first.
 */
export async function aHeldStack(): Promise<HeldStack> {
  const clock = holdMachineClock();
  afterAll(() => clock.release());
  silenceFunctions();
  const stack = await startTestStack();
  afterAll(() => stack.close());
  return { stack, clock };
}
