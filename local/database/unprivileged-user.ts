import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

/** Accounts that exist where one is root; the first owns no files, so it is the better choice. */
const candidates = ['nobody', 'postgres', 'daemon'];

/** Who PostgreSQL must run as, since it refuses root; `undefined` where we are not root. */
export async function unprivilegedUser(): Promise<UnprivilegedUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of candidates) {
    const user = await userNamed(name);
    if (user !== undefined) return user;
  }
  throw new Error(`PostgreSQL does not run as root, and there is no ${candidates.join(', ')}`);
}

/** The account of this name; `undefined` where there is none, and for root. */
export async function userNamed(name: string): Promise<UnprivilegedUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)]);
    return uid > 0 ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

async function idOf(kind: '-u' | '-g', name: string): Promise<number> {
  const { stdout } = await promisify(execFile)('id', [kind, name]);
  return Number(stdout);
}
