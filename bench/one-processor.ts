import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Does `work` with this process and `others` on one and the same processor, and gives them back their
 * own afterwards.
 *
 * Where a client waits for a server, most of a short answer's time is waking up. On a processor that is
 * idle that takes twice as long as on the one that has just sent the request, and of two servers the
 * system may put one here and one there for as long as they live. Where there is no `taskset`, it has
 * its way.
 *
 * @param others Process ids.
 */
export async function onOneProcessor<T>(
  others: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  const allowed = processorsIn(readFileSync('/proc/self/status', 'utf8'));
  const [first = '0'] = /\d+/.exec(allowed) ?? [];
  const pids = [process.pid, ...others];
  try {
    await Promise.all(pids.map((pid) => bind(pid, first)));
    return await work();
  } finally {
    await Promise.all(pids.map((pid) => bind(pid, allowed)));
  }
}

/** The processors that a process may run on, such as `0-1,4`: proc_pid_status(5). @throws Error for anything but that. */
export function processorsIn(status: string): string {
  const list = /^Cpus_allowed_list:\t(\d[\d,-]*)$/m.exec(status)?.[1];
  if (list === undefined) throw new Error('no processors in the status');
  return list;
}

/** All threads of a process. A machine without the program, or a process that has ended, is no error. */
async function bind(pid: number, processors: string): Promise<void> {
  const args = ['--all-tasks', '--pid', '--cpu-list', processors, String(pid)];
  await promisify(execFile)('taskset', args).catch(() => undefined);
}
