import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { onOneProcessor, processorsIn } from '../../../bench/one-processor.ts';

const own = (): string => processorsIn(readFileSync('/proc/self/status', 'utf8'));
const hasTaskset = spawnSync('taskset', ['--version']).status === 0;

describe('work on one processor', () => {
  it.runIf(hasTaskset)('is done on one, and ends with those of before', async () => {
    const before = own();

    const during = await onOneProcessor([], async () => own());

    expect(during).toMatch(/^\d+$/);
    expect(own()).toBe(before);
  });

  it.runIf(hasTaskset)('gives the processors back where it fails', async () => {
    const before = own();

    await expect(onOneProcessor([], () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(own()).toBe(before);
  });

  it('does not mind a process that has ended', async () => {
    expect(await onOneProcessor([2 ** 22 + 1], async () => 'done')).toBe('done');
  });

  it.each(['0', '0-1', '0-3,8,10-11'])('may be on %s', (list) => {
    expect(processorsIn(`Cpus_allowed:\tff\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`)).toBe(
      list,
    );
  });

  it('is nowhere where nothing is said', () => {
    expect(() => processorsIn('Name:\tnode\n')).toThrow();
  });
});
