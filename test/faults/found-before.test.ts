import { describe, expect, it } from 'vitest';
import type { Schedule, Step } from './schedule.ts';
import { simulate } from './simulation.ts';

const kinds = ['file', 'table'] as const;

const busy = (seconds: number): Step => ({ do: 'pass', seconds, busy: true });
const quiet = (seconds: number): Step => ({ do: 'pass', seconds, busy: false });
const call: Step = { do: 'call', caller: 0, target: 0, fresh: false, giveUpMs: 5_000 };
const callEach = [call, quiet(1), call, quiet(1), call, quiet(1), call, quiet(1)];

/** Nobody asks, and so nobody looks, until nothing can be seen: the rules from before it stay in force. */
const unseenChange = (mood: 'gone' | 'unreadable'): readonly Step[] => [
  busy(5),
  ...callEach,
  quiet(20),
  { do: 'publish', edition: 'without-pods' },
  quiet(20),
  { do: 'registry', mood },
  ...callEach,
];

/** What chance has found once, and need not find again. */
const found: Readonly<Record<string, readonly Step[]>> = {
  'a change that nobody has seen before the registry is gone': unseenChange('gone'),
  'a change that nobody has seen before the registry is unreadable': unseenChange('unreadable'),
};

describe.each(kinds)('with its registry in a %s, the system outlives', (registry) => {
  it.each(Object.entries(found))('%s', async (_, steps) => {
    const how = { strictAudit: false, fromSnapshot: false, withAgent: false };
    const schedule: Schedule = { seed: 0, ...how, steps };

    const { violations } = await simulate(schedule, registry);

    expect(violations).toEqual([]);
  });
});
