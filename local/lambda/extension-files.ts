import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface ExtensionFile {
  /** Also what the process must register as. */
  readonly name: string;
  readonly path: string;
}

/** Every file directly in the folder, in the order of their names; none where there is no folder. */
export async function extensionFiles(directory: string | undefined): Promise<ExtensionFile[]> {
  if (directory === undefined) return [];
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => ({ name, path: join(directory, name) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
