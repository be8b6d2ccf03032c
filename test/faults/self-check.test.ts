import { describe, expect, it } from 'vitest';
import { defects } from './defects.ts';
import type { Schedule } from './schedule.ts';
import { simulate } from './simulation.ts';

const kinds = ['file', 'table'] as const;

function scheduleOf(steps: Schedule['steps']): Schedule {
  return { seed: 1, strictAudit: false, fromSnapshot: true, withAgent: true, steps };
}

describe.each(defects)('the defect $name', (defect) => {
  const { law, plant, steps } = defect;

  it.each(kinds)('breaks its law, which is seen (registry: %s)', async (registry) => {
    const { violations } = await simulate(scheduleOf(steps), registry, plant);

    expect(violations.map((one) => one.law)).toContain(law);
  });

  it.each(kinds)('is what breaks it: without it all hold (registry: %s)', async (registry) => {
    const { violations } = await simulate(scheduleOf(steps), registry);

    expect(violations).toEqual([]);
  });
});

describe('a run', () => {
  const eventful = scheduleOf([
    { do: 'pass', seconds: 30, busy: true },
    { do: 'sts', mood: 'hiccups' },
    { do: 'registry', mood: 'slow' },
    { do: 'use', client: 0, times: 3, fresh: true },
    { do: 'kill', what: 'tokens', which: 0, afterMs: 40 },
    { do: 'network', mood: 'slow' },
    { do: 'freeze', seconds: 900 },
    { do: 'pass', seconds: 200, busy: true },
    { do: 'call', caller: 2, target: 0, fresh: false, giveUpMs: 3_000 },
    { do: 'pass', seconds: 60, busy: true },
  ]);

  it.each(kinds)('can be repeated exactly (registry: %s)', async (registry) => {
    const [first, second] = [
      await simulate(eventful, registry),
      await simulate(eventful, registry),
    ];

    expect(recorded(second)).toEqual(recorded(first));
    expect(second.violations).toEqual([]);
  });

  it.each(kinds)('sees tokens, refusals and failures (registry: %s)', async (registry) => {
    const { records } = await simulate(eventful, registry);

    expect(new Set(records.map(({ outcome }) => outcome))).toEqual(
      new Set(['vended', 'denied', 'failed']),
    );
  });
});

/** All that time and order have a part in; keys and signatures of JWTs are made anew. */
function recorded({ records }: Awaited<ReturnType<typeof simulate>>) {
  return records.map(({ time, outcome, reason, user, accessKeyId, tokenSha256 }) =>
    [time, outcome, reason, user, accessKeyId, tokenSha256].join(' '),
  );
}
