import { open, rm, stat } from 'node:fs/promises';
import { sleep } from '../../agent/sleep.ts';
import { systemCodeOf } from '../../agent/write-error.ts';

/** A holder that has not ended by then was killed: renewing takes one request. Milliseconds. */
const abandonedAfterMs = 30_000;
const pauseMs = 50;

/**
 * Does `work` while no other process does, of those that name the same file. Providers that rotate
 * refresh tokens take a second use for a theft (RFC 9700 section 4.14.2) and end the session, so that
 * two commands started at once would sign their user out.
 *
 * Goes on without the lock where the file cannot be made: a folder that is read-only allows no
 * renewal to be saved either. A lock that is older than 30 s is broken; should two processes break it
 * at once, both renew, which is no worse than no lock.
 */
export async function withLock<T>(
  { path, clock }: { readonly path: string; readonly clock: () => Date },
  work: () => Promise<T>,
): Promise<T> {
  const isHeld = await lock(path, clock);
  try {
    return await work();
  } finally {
    if (isHeld) await rm(path, { force: true });
  }
}

async function lock(path: string, clock: () => Date): Promise<boolean> {
  for (;;) {
    try {
      await (await open(path, 'wx', 0o600)).close();
      return true;
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') return false;
    }
    if (await isAbandoned(path, clock())) await rm(path, { force: true });
    else await sleep(pauseMs);
  }
}

async function isAbandoned(path: string, now: Date): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && now.getTime() - found.mtimeMs > abandonedAfterMs;
}
