import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder below a directory that everybody may write to, such as `/tmp`. */
export interface OwnFolder {
  /**
   * Replaces a file as a whole: no reader ever sees half of it. Returns its absolute path.
   *
   * @throws OwnFolderError where the folder is not ours alone, or the disk is full or read-only.
   */
  write(name: string, content: string, mode: number): string;
  /** Whether a file of that size is there. Functions empty `/tmp` between invocations. */
  has(name: string, bytes: number): boolean;
}

/** The folder cannot be used. Says nothing of what was to be written. */
export class OwnFolderError extends Error {
  override readonly name = 'OwnFolderError';
  readonly reason: 'not-ours' | 'unwritable';
  constructor(reason: 'not-ours' | 'unwritable') {
    super(`the folder is ${reason}`);
    this.reason = reason;
  }
}

/**
 * Made when first written to. In a folder that only we can write to, nobody can put a link in a file's
 * place or change a CA bundle; so a folder or link that somebody else made there beforehand is refused
 * and not mended. Others may read it: a CA is public, and each secret file has a mode of its own.
 */
export function createOwnFolder(path: string): OwnFolder {
  return {
    write(name, content, mode) {
      claim(path);
      const [file, fresh] = [join(path, name), join(path, `.${randomUUID()}`)];
      try {
        // Exclusive: it neither follows a link nor takes over a file.
        writeFileSync(fresh, content, { flag: 'wx', mode });
        renameSync(fresh, file);
      } catch {
        rmSync(fresh, { force: true });
        throw new OwnFolderError('unwritable');
      }
      return file;
    },
    has: (name, bytes) => statSync(join(path, name), { throwIfNoEntry: false })?.size === bytes,
  };
}

function claim(path: string): void {
  try {
    mkdirSync(path, { mode: 0o755 });
  } catch {
    // It exists already, or the next line says that it does not.
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new OwnFolderError('unwritable');
  const isOurs = found.isDirectory() && found.uid === process.geteuid?.();
  if (!isOurs || (found.mode & 0o022) !== 0) throw new OwnFolderError('not-ours');
}
