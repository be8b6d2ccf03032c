import { describe, expect, it } from 'vitest';
import type { EventType } from '../../../../layers/extension/extensions-api.ts';
import { followEvents } from '../../../../layers/extension/follow-events.ts';
import { aLog } from './builders.ts';

function followed(events: readonly (EventType | Error)[], onInvoke: () => void = () => undefined) {
  const pauses: number[] = [];
  const { log, codes } = aLog();
  let at = 0;
  const end = followEvents({
    next: async () => {
      const event = events[at];
      at += 1;
      if (event === undefined) throw new Error('asked after the end');
      if (event instanceof Error) throw event;
      return event;
    },
    onInvoke,
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    log,
  });
  return { end, pauses, codes, asked: () => at };
}

describe('following events', () => {
  it('ends with SHUTDOWN, and with nothing else', async () => {
    let invocations = 0;
    const { end, asked } = followed(['INVOKE', 'INVOKE', 'SHUTDOWN'], () => {
      invocations += 1;
    });

    await end;

    expect(invocations).toBe(2);
    expect(asked()).toBe(3);
  });

  it('outlives a broken connection, and asks ever less often', async () => {
    const broken = new Error('ECONNRESET');
    const { end, pauses, codes } = followed([
      ...Array.from({ length: 8 }, () => broken),
      'INVOKE',
      broken,
      'SHUTDOWN',
    ]);

    await end;

    expect(pauses).toEqual([50, 100, 200, 400, 800, 1_600, 2_000, 2_000, 50]);
    expect(new Set(codes())).toEqual(new Set(['EVENTS_INTERRUPTED']));
  });

  it('outlives what breaks in an invocation', async () => {
    const { end } = followed(['INVOKE', 'SHUTDOWN'], () => {
      throw new Error('a defect');
    });

    await expect(end).resolves.toBeUndefined();
  });
});
