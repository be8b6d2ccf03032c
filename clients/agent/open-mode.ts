import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Whether others may put something else in the place of what lies in a folder: its group or everybody
 * may write to it, and it has no sticky bit, with which each could remove only what is theirs.
 *
 * A volume that is mounted there is taken as it is. Kubernetes makes an `emptyDir` with mode 0777, and
 * only the containers of its pod that mount it are near it, which trust one another.
 *
 * Rejects with the system's error where the folder cannot be looked at.
 *
 * @returns the permission bits, where it is open in that way.
 */
export async function openModeOf(path: string): Promise<number | undefined> {
  const real = await realpath(path);
  const [found, parent] = await Promise.all([stat(real), stat(dirname(real))]);
  const isOpen = (found.mode & 0o022) !== 0 && (found.mode & 0o1000) === 0;
  const isMounted = found.dev !== parent.dev;
  return isOpen && !isMounted ? found.mode & 0o777 : undefined;
}
