import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCodeOf, WriteError } from './write-error.ts';

/**
 * Makes a folder and those above it, where they do not exist; takes those that do as they are.
 *
 * Not by `mkdir`'s own `recursive`: where the system says that a parent is absent which is there, as
 * under `/proc`, it tries again for ever.
 *
 * Rejects with `WriteError`.
 */
export async function makeFolders(path: string, mode: number): Promise<void> {
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolders(parent, mode);
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const code = systemCodeOf(error);
    // Another process may have been faster.
    if (code !== 'EEXIST' || !(await isFolder(path))) {
      throw new WriteError('folder-unwritable', path, code);
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
