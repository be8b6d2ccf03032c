import { readFile } from 'node:fs/promises';

/** Milliseconds that a process and its threads have computed so far, in steps of 10. */
export async function cpuTimeMs(pid: number): Promise<number> {
  return parseCpuTime(await readFile(`/proc/${pid}/stat`, 'utf8'));
}

/** The kernel's clock ticks, of which Linux tells programs 100 in a second (`getconf CLK_TCK`). */
const msPerTick = 10;

/** `utime` and `stime` of proc_pid_stat(5). @throws Error for anything but that. */
export function parseCpuTime(stat: string): number {
  // The second field is the program's name in brackets, which may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  if (!Number.isSafeInteger(ticks)) throw new Error('no times in stat');
  return ticks * msPerTick;
}
