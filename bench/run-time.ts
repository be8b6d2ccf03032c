import { readdirSync, readFileSync } from 'node:fs';

/**
 * Milliseconds that the threads of a process have run on a processor so far, to the microsecond. Others on
 * the machine hardly change it, unlike the time that passes. Threads that have ended are not in it.
 *
 * Asks at once and not later: the process goes on.
 */
export function runTimeMs(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks)
    .map((task) => parseRunTime(readFileSync(`${tasks}/${task}/schedstat`, 'utf8')))
    .reduce((sum, ms) => sum + ms, 0);
}

/** The first field of proc_pid_schedstat(5): nanoseconds. @throws Error for anything but that. */
export function parseRunTime(schedstat: string): number {
  const nanoseconds = /^(\d+) \d+ \d+\n?$/.exec(schedstat)?.[1];
  if (nanoseconds === undefined) throw new Error('no times in schedstat');
  return Number(nanoseconds) / 1e6;
}
