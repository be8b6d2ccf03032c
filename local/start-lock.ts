import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Keeps a second `npm start` out of a folder while the first one runs: it would write its own files over
 * those that the first one still reads. Given back when this process ends; a lock that a killed process
 * left counts for nothing.
 *
 * @param path Where the process's id is kept.
 * @throws Error with a sentence for whoever started the second one.
 */
export function lockStart(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const holder = holderOf(path);
  if (holder !== undefined) {
    throw new Error(`already running, pid ${holder}; if that is another program, remove ${path}`);
  }
  rmSync(path, { force: true });
  // `wx`: of two that start at once, one finds the other's.
  writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
  process.once('exit', () => rmSync(path, { force: true }));
}

/** The other process that has the lock. In a container, the next one has the id of the last. */
function holderOf(path: string): number | undefined {
  const pid = Number(textOf(path));
  return pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
