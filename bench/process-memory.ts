import { readFile } from 'node:fs/promises';

/** What a process holds, in megabytes of 1,000,000 bytes. */
export interface ProcessMemory {
  /** Nobody else's: heap, stacks, and what it has written to. What another such process would cost. */
  readonly anonymousMb: number;
  /** All that is in memory, the pages of Node's own file included, which all its processes share. */
  readonly residentMb: number;
}

/** Asks Linux, which alone tells the two apart (proc_pid_smaps(5)). */
export async function processMemory(pid: number): Promise<ProcessMemory> {
  return parseMemory(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'));
}

/** @throws Error for anything but a `smaps_rollup`. */
export function parseMemory(smapsRollup: string): ProcessMemory {
  return {
    anonymousMb: megabytes(smapsRollup, 'Anonymous'),
    residentMb: megabytes(smapsRollup, 'Rss'),
  };
}

/** Its `kB` are of 1,024 bytes. */
function megabytes(smapsRollup: string, field: string): number {
  const kilobytes = new RegExp(`^${field}: +(\\d+) kB$`, 'm').exec(smapsRollup)?.[1];
  if (kilobytes === undefined) throw new Error(`no ${field} in smaps_rollup`);
  return (Number(kilobytes) * 1024) / 1_000_000;
}
