import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegistrySource } from '../core/registry/yaml-file.ts';
import { OperatorError } from './operator-error.ts';

/**
 * Reads a registry from a file, or from every `.yaml` and `.yml` file in a folder and below it, in the
 * order of their paths. Hidden files and folders are passed over, and so are tests (`.test.yaml`).
 *
 * @throws OperatorError `path-unreadable`, `path-empty`.
 */
export async function readRegistryFiles(path: string): Promise<RegistrySource[]> {
  try {
    const files = (await stat(path)).isDirectory() ? await filesBelow(path) : [path];
    if (files.length === 0) {
      throw new OperatorError('path-empty', `There is no .yaml or .yml file in ${path}.`);
    }
    return await Promise.all(
      files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })),
    );
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError('path-unreadable', `${path} cannot be read (${codeOf(error)}).`);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => /(?<!\.test)\.ya?ml$/.test(name) && !/(?:^|[\\/])\./.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** `ENOENT`, `EACCES` and the like. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
