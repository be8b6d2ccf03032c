import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What package-lock.json says of an installed package, by its folder relative to the checkout. */
export type Lockfile = ReadonlyMap<string, LockedPackage>;

export interface LockedPackage {
  readonly version: string;
  /** Subresource Integrity of the package's tarball, such as `sha512-…`; absent for our own. */
  readonly integrity: string | undefined;
  /** The names of what it needs when it runs. */
  readonly dependencies: readonly string[];
}

const lockfileShape = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().default(''),
      integrity: z.string().optional(),
      dependencies: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

/** Reads `package-lock.json` of the checkout at `root`. Rejects for any other form than npm's third. */
export async function readLockfile(root: string): Promise<Lockfile> {
  const text = await readFile(join(root, 'package-lock.json'), 'utf8');
  const { packages } = lockfileShape.parse(JSON.parse(text));
  return new Map(
    Object.entries(packages).map(([path, { version, integrity, dependencies }]) => [
      path,
      { version, integrity, dependencies: Object.keys(dependencies) },
    ]),
  );
}

/** What the package in the folder `path` needs when it runs, as `name@version` of what Node finds for it. */
export function dependenciesOf(lockfile: Lockfile, path: string): readonly string[] {
  const names = lockfile.get(path)?.dependencies ?? [];
  return names.flatMap((name) => {
    const found = lockfile.get(folderOf(lockfile, path, name) ?? '');
    return found === undefined ? [] : `${name}@${found.version}`;
  });
}

/** The folder of `name` for the package in `from`: its own, or the nearest above. */
function folderOf(lockfile: Lockfile, from: string, name: string): string | undefined {
  for (let at: string | undefined = from; at !== undefined; at = folderAbove(at)) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (lockfile.has(path)) return path;
  }
  return undefined;
}

function folderAbove(path: string): string | undefined {
  if (path === '') return undefined;
  const at = path.lastIndexOf('/node_modules/');
  return at < 0 ? '' : path.slice(0, at);
}
