import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { VendAnswer } from '../../core/vend-answer.ts';
import { putFile } from '../agent/atomic-file.ts';
import type { CaPemFor } from '../agent/ca-bundles.ts';
import { makeFolders } from '../agent/make-folders.ts';
import { usageError } from './cli-error.ts';

/**
 * The path of a file with the roots for a token's database, in the user's cache folder (XDG Base
 * Directory Specification). Its name holds the hash that came with the token, and so must its content:
 * whatever else lies there is replaced.
 *
 * Rejects with `CliError` where there is no home, `WriteError`, `ClientError`.
 */
export async function cachedCaFile(
  caPemFor: CaPemFor,
  answer: VendAnswer,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const folder = cacheFolder(env);
  const { bundle, sha256 } = answer.tls.ca;
  const path = join(folder, `ca-${bundle}-${sha256.slice(0, 16)}.pem`);
  if ((await sha256Of(path)) === sha256) return path;
  const content = await caPemFor(answer);
  await makeFolders(folder, 0o700);
  await putFile({ path, content, mode: 0o600 });
  return path;
}

function cacheFolder({
  XDG_CACHE_HOME: cache,
  HOME: home,
}: Readonly<Record<string, string | undefined>>) {
  if (cache && isAbsolute(cache)) return join(cache, 'tokenvend');
  if (home && isAbsolute(home)) return join(home, '.cache', 'tokenvend');
  throw usageError('There is no HOME to keep the CA bundle in: give --ca-file.');
}

async function sha256Of(path: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch {
    return undefined;
  }
}
