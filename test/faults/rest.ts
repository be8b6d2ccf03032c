import type { World } from './world/world.ts';

/**
 * The longest that anything may take which was begun for somebody: the pause between two passes of this
 * suite's agent, and a call of the API. Seconds.
 */
const longestSeconds = 30 + 10;

/** Lets everything come to its end that has been begun, and finds out what never will. */
export async function rest({
  time,
  violations,
}: Pick<World, 'time' | 'violations'>): Promise<void> {
  await time.pass(longestSeconds);
  const left = time.pendingTimers();
  if (left > 0) violations.add('nothing-left', `${left} timers when nobody asks any more`);
}
