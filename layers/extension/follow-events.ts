import type { EventType } from './extensions-api.ts';
import type { ExtensionLog } from './log.ts';

/** Between failed attempts at the next event; milliseconds, doubled up to the longest. */
const firstPauseMs = 50;
const longestPauseMs = 2_000;

/**
 * Follows the events of an execution environment until its SHUTDOWN.
 *
 * Lambda bills an invocation until every extension asks for the next event: `onInvoke` starts what there
 * is to do, and is not waited for. Losing the connection is no reason to leave either: an extension that
 * ends fails the invocation, while the tokens in its memory are still good.
 */
export async function followEvents(deps: {
  readonly next: () => Promise<EventType>;
  readonly onInvoke: () => void;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly log: ExtensionLog;
}): Promise<void> {
  let pauseMs = firstPauseMs;
  for (;;) {
    try {
      const event = await deps.next();
      pauseMs = firstPauseMs;
      if (event === 'SHUTDOWN') return;
      deps.onInvoke();
    } catch (error) {
      const type = error instanceof Error ? error.constructor.name : typeof error;
      deps.log.warn('EVENTS_INTERRUPTED', { type });
      await deps.pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }
}
