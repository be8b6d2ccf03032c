import { describe, it } from 'vitest';
import { checkSchedules } from './check-schedules.ts';

/** As long as it takes: how many schedules there are is for whoever runs them to say. */
const noTimeout = 0;

describe('A18, A19, A22 to A26: the system with its registry in a file, whatever happens', () => {
  it('keeps every promise of docs/faults.md', () => checkSchedules('file', process.env), noTimeout);
});
