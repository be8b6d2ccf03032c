import { chmod, chown, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnprivilegedUser } from './unprivileged-user.ts';

/** A folder of a server's own, which nobody else but root can enter. */
export interface ServerFolder {
  readonly path: string;
  /** Writes a file that only the server can read, and returns its path. */
  write(name: string, text: string): Promise<string>;
}

/** Makes the folder under the system's folder for temporary files, with a short name: sockets lie in it. */
export async function serverFolder(name: string, account: UnprivilegedUser): Promise<ServerFolder> {
  const path = await mkdtemp(join(tmpdir(), `tokenvend-${name}-`));
  await chmod(path, 0o700);
  await chown(path, account.uid, account.gid);
  return {
    path,
    async write(fileName, text) {
      const file = join(path, fileName);
      await writeFile(file, text, { mode: 0o600, flag: 'wx' });
      await chown(file, account.uid, account.gid);
      return file;
    },
  };
}
