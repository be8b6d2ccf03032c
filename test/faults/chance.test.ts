import { describe, expect, it } from 'vitest';
import { checkSchedules } from './check-schedules.ts';
import { defects } from './defects.ts';

/** The run that everybody makes (.ci/run). */
const thousand = { FAULT_SEED: '1', FAULT_SCHEDULES: '1000' };

describe.each(defects)('the defect $name', ({ plant }) => {
  it('is found by chance, and again by the schedule that is printed', async () => {
    const found = await failureOf(checkSchedules('table', thousand, { plant, shrink: false }));
    const [, schedule] = /FAULT_SCHEDULE='(.*)' npm run test:faults -- table$/m.exec(found) ?? [];
    const again = await failureOf(
      checkSchedules('table', { FAULT_SCHEDULE: schedule }, { plant, shrink: false }),
    );

    expect(found).toContain('FAULT_SEED=1 FAULT_SCHEDULES=1000 npm run test:faults -- table');
    expect(again).toContain('breaks what docs/faults.md promises');
    expect(found).toContain(again);
  });
});

/** The message with which it rejects; empty where it does not. */
async function failureOf(check: Promise<void>): Promise<string> {
  try {
    await check;
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
