import { copyFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where the registry to package is: a file or a folder of YAML. */
export interface RegistrySource {
  readonly path: string;
  /** Whether it is the example, which grants nothing real. */
  readonly isExample: boolean;
}

/**
 * Finds the registry: what TOKENVEND_REGISTRY names, else `registry.yaml`, else the example.
 *
 * A path that was named but does not exist is an error: the example in its place would deploy a
 * service that knows nobody.
 */
export async function findRegistry(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<RegistrySource> {
  const named = env.TOKENVEND_REGISTRY;
  if (named !== undefined && named !== '') {
    const path = resolve(root, named);
    if (!(await exists(path))) throw new Error(`TOKENVEND_REGISTRY names ${path}: nothing there.`);
    return { path, isExample: false };
  }
  const own = join(root, 'registry.yaml');
  if (await exists(own)) return { path: own, isExample: false };
  return { path: join(root, 'examples', 'registry'), isExample: true };
}

/** Compiles the registry once and puts a copy into each of `folders`, as `registry.json`. */
export async function packageRegistry(
  compile: (source: string, outfile: string) => Promise<void>,
  source: string,
  folders: readonly string[],
): Promise<void> {
  const [first, ...others] = folders.map((folder) => join(folder, 'registry.json'));
  if (first === undefined) return;
  await compile(source, first);
  for (const other of others) await copyFile(first, other);
}

/** Compiles with the command line, which prints its own warnings and problems. */
export function compilerOf(
  run: (args: readonly string[]) => Promise<number>,
): (source: string, outfile: string) => Promise<void> {
  return async (source, outfile) => {
    const code = await run(['registry', 'compile', source, '--out', outfile]);
    if (code !== 0) throw new Error(`The registry at ${source} does not compile.`);
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
