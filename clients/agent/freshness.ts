import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseToken } from '../../core/token.ts';
import type { VendAnswer } from '../../core/vend-answer.ts';
import { parseAnswer } from '../api-client/parse-answer.ts';

/** What is wrong with the files of a target. */
export type Staleness =
  /** There is no `connection.json`, or not the one of a token. */
  | 'incomplete'
  /** The token's life is over, or shorter than asked for. */
  | 'expired'
  /** The files are not all of the same token, or the CA is not the one that belongs to it. */
  | 'mixed'
  /** Others than the owner may read the password file, so that libpq ignores it. */
  | 'exposed';

/** The state of one target's files. */
export interface FolderState {
  readonly alias: string;
  /** Absent where nothing is wrong. */
  readonly problem?: Staleness | undefined;
  /** Absent where it is not known. */
  readonly expiresAt?: Date | undefined;
}

/**
 * Reads a folder as an agent leaves it. Compares what is there with itself and with the clock, and
 * asks nobody. An empty list means that there is no target.
 *
 * Rejects with the system's error where the folder cannot be read.
 */
export async function readFreshness(
  directory: string,
  { now, minTtlSeconds }: { readonly now: Date; readonly minTtlSeconds: number },
): Promise<readonly FolderState[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return Promise.all(
    folders.map(async ({ name }) => {
      const folder = join(directory, name);
      const answer = await answerIn(folder);
      if (answer === undefined) return { alias: name, problem: 'incomplete' };
      const expiresAt = new Date(answer.expiresAt);
      const isExpired = +expiresAt - +now < minTtlSeconds * 1000;
      return {
        alias: name,
        expiresAt,
        problem: isExpired ? 'expired' : await discrepancy(folder, answer),
      };
    }),
  );
}

async function answerIn(folder: string): Promise<VendAnswer | undefined> {
  try {
    return parseAnswer(await readFile(join(folder, 'connection.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

async function discrepancy(folder: string, answer: VendAnswer): Promise<Staleness | undefined> {
  try {
    const ca = await readFile(join(folder, 'ca.pem'));
    const password = await readFile(join(folder, 'password'), 'utf8');
    const caSha256 = createHash('sha256').update(ca).digest('hex');
    if (caSha256 !== answer.tls.ca.sha256 || password !== answer.token) return 'mixed';
    return answer.database.engine === 'postgres'
      ? await passfileProblem(folder, answer)
      : undefined;
  } catch {
    return 'incomplete';
  }
}

async function passfileProblem(
  folder: string,
  { token }: VendAnswer,
): Promise<Staleness | undefined> {
  const path = join(folder, 'pgpass');
  if (((await lstat(path)).mode & 0o077) !== 0) return 'exposed';
  // Only the signature of a token stands in the file as it is; the rest is escaped.
  const signature = parseToken(token)?.signature ?? token;
  return (await readFile(path, 'utf8')).includes(signature) ? undefined : 'mixed';
}
