import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCodeOf, WriteError } from './write-error.ts';

/** A file as it should be. */
export interface FileContent {
  readonly path: string;
  readonly content: string;
  /** Permission bits, whatever the umask. */
  readonly mode: number;
}

/**
 * Puts a file in place whole, or not at all, and touches nothing where it is already as it should be.
 *
 * A new file takes the old one's name, so that a reader has one or the other. It gets its mode before
 * its content, and is made with `O_EXCL`: a link that was laid at its name is not followed. A link at
 * the final name is replaced, not followed either, and so is a file of another user's.
 *
 * @returns Whether anything was written.
 * @throws WriteError `file-unwritable`.
 */
export async function putFile(file: FileContent): Promise<boolean> {
  if (await isAsItShouldBe(file)) return false;
  const temporary = join(dirname(file.path), temporaryName(basename(file.path)));
  try {
    await writeNew(temporary, file);
    await rename(temporary, file.path);
    return true;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new WriteError('file-unwritable', file.path, systemCodeOf(error));
  }
}

const newFile = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

async function writeNew(path: string, { content, mode }: FileContent): Promise<void> {
  const handle = await open(path, newFile, 0o600);
  try {
    await handle.chmod(mode);
    await handle.writeFile(content);
    // A machine that loses power must not come back with an empty password.
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isAsItShouldBe({ path, content, mode }: FileContent): Promise<boolean> {
  try {
    const found = await lstat(path);
    // Its owner could change it once it is trusted.
    const isOurs = found.isFile() && found.uid === (process.getuid?.() ?? found.uid);
    if (!isOurs || (found.mode & 0o777) !== mode) return false;
    return (await readFile(path, 'utf8')) === content;
  } catch {
    return false;
  }
}

/** Hidden, so that no program takes it for one of the files; random, so that writers do not collide. */
function temporaryName(name: string): string {
  return `.${name}.${randomBytes(6).toString('hex')}.new`;
}

/** Whether a file's name is one that `putFile` writes under before it gives the final one. */
export function isTemporary(name: string): boolean {
  return /^\..+\.[0-9a-f]{12}\.new$/.test(name);
}
