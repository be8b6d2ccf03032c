import { constants } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { putFile } from '../../agent/atomic-file.ts';
import { ensurePrivateFolder } from '../../agent/private-folder.ts';
import { systemCodeOf, WriteError } from '../../agent/write-error.ts';
import { parseSession, type Session, sessionText } from './session.ts';
import { boundUrls, type Surroundings, sessionFileName, sessionFolder } from './session-place.ts';

/** The session for one API, on disk. */
export interface SessionStore {
  readonly path: string;
  /** `unusable` is a file that is there, and not to be trusted or understood. */
  read(): Promise<Session | 'none' | 'unusable'>;
  /** Rejects with `WriteError`. */
  write(session: Session): Promise<void>;
  /** Resolves to whether there was one. Rejects with `WriteError`. */
  remove(): Promise<boolean>;
}

/**
 * The store for an API at `urls`; `undefined` where there is no home to keep a session in.
 *
 * @throws ClientError `url-invalid`.
 */
export function sessionStore(
  urls: readonly string[],
  surroundings: Surroundings,
): SessionStore | undefined {
  const apiUrls = boundUrls(urls);
  const folder = sessionFolder(surroundings);
  if (folder === undefined) return undefined;
  const path = join(folder, sessionFileName(apiUrls));
  return {
    path,
    read: () => readSession(path, apiUrls),
    write: async (session) => {
      await makeFolder(folder);
      await putFile({ path, content: sessionText(session), mode: 0o600 });
    },
    remove: () => removeFile(path),
  };
}

/** Bytes. A session is two or three JWTs at most. */
const maxFileBytes = 64 * 1024;

async function readSession(
  path: string,
  apiUrls: readonly string[],
): Promise<Session | 'none' | 'unusable'> {
  try {
    const text = await readOwn(path);
    const session = text === undefined ? undefined : parseSession(text);
    // The name is a hash of the addresses; a file that was copied there is still for others.
    return session?.apiUrls.join('\n') === apiUrls.join('\n') ? session : 'unusable';
  } catch (error) {
    const code = systemCodeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'none' : 'unusable';
  }
}

/** Never through a link, which somebody else may have laid to a session of theirs. */
async function readOwn(path: string): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    return (await isOurs(file)) ? await file.readFile('utf8') : undefined;
  } finally {
    await file.close();
  }
}

/** What others may read is not a secret, and what others may write is not ours. Windows has no modes. */
async function isOurs(file: FileHandle): Promise<boolean> {
  const found = await file.stat();
  if (!found.isFile() || found.size > maxFileBytes) return false;
  const uid = process.getuid?.();
  return uid === undefined || (found.uid === uid && (found.mode & 0o077) === 0);
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new WriteError('folder-unwritable', folder, systemCodeOf(error));
  }
  await ensurePrivateFolder(folder, 0o600);
  // It may have been there before, and open to others.
  await chmod(folder, 0o700);
}

async function removeFile(path: string): Promise<boolean> {
  try {
    await rm(path);
    return true;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw new WriteError('file-unwritable', path, code);
  }
}
