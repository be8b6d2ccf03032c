import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporary } from './atomic-file.ts';
import { systemCodeOf, WriteError } from './write-error.ts';

/**
 * Makes a folder for secrets, or takes the one that is there, if it is a folder of ours: in a place
 * where others may write, a link or a folder of theirs would lead what we write elsewhere. Where others
 * may write to it they lose that: they could put a database of their own into our files' place.
 *
 * @param fileMode Mode of the files to come; whoever may read one may enter the folder.
 * @throws WriteError
 */
export async function ensurePrivateFolder(path: string, fileMode: number): Promise<void> {
  try {
    await makeFolder(path, folderModeFor(fileMode));
  } catch (error) {
    const code = systemCodeOf(error);
    if (code !== 'EEXIST') throw new WriteError('folder-unwritable', path, code);
    if (await isOursAndOpen(path)) await closeToOthers(path);
  }
}

/**
 * Sets the mode once more by `chmod`: the umask may have taken away the rights of the group that the
 * files are for.
 */
async function makeFolder(path: string, mode: number): Promise<void> {
  await mkdir(path, { mode });
  // What a volume hands on to its folders, such as its group, is kept.
  await changeMode(path, (found) => (found & 0o7000) | mode);
}

async function closeToOthers(path: string): Promise<void> {
  try {
    await changeMode(path, (found) => found & ~writeOfOthers);
  } catch (error) {
    throw new WriteError('folder-open-to-others', path, systemCodeOf(error));
  }
}

/**
 * Changes the mode of a folder that is open: something that is put in its place meanwhile does not get
 * the mode.
 */
async function changeMode(path: string, modeFor: (found: number) => number): Promise<void> {
  const folder = await open(path, constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await folder.chmod(modeFor((await folder.stat()).mode & 0o7777));
  } finally {
    await folder.close();
  }
}

/** For the group, and for everybody. */
const writeOfOthers = 0o022;

/** Read turns into read and enter; write is never given to others. */
function folderModeFor(fileMode: number): number {
  const readers = fileMode & 0o044;
  return 0o700 | readers | (readers >> 2);
}

/** Whether a folder of ours may be written to by others. Rejects with `WriteError` where it is not ours. */
async function isOursAndOpen(path: string): Promise<boolean> {
  const found = await lstat(path);
  if (!found.isDirectory()) throw new WriteError('not-a-folder', path);
  const uid = process.getuid?.();
  if (uid !== undefined && found.uid !== uid) throw new WriteError('folder-of-another', path);
  return (found.mode & writeOfOthers) !== 0;
}

/** Files whose writing took longer than this were left by a process that was killed. Milliseconds. */
const abandonedAfterMs = 60_000;

/** Removes what a writer that was killed left half written: it holds tokens too. */
export async function removeAbandoned(folder: string, now: Date): Promise<void> {
  for (const name of (await readdir(folder)).filter(isTemporary)) {
    const path = join(folder, name);
    const found = await lstat(path).catch(() => undefined);
    if (found && now.getTime() - found.mtimeMs > abandonedAfterMs) await rm(path, { force: true });
  }
}
