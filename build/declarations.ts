import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';

/** What to write declarations of, and where to. Paths are absolute unless said otherwise. */
export interface DeclarationsRequest {
  readonly root: string;
  /** A tsconfig file that emits declarations. */
  readonly project: string;
  /** The declarations that others begin at, relative to `root`. */
  readonly entry: string;
  /** For all that the compiler writes. */
  readonly workdir: string;
  readonly outdirs: readonly string[];
}

const run = promisify(execFile);

/**
 * Writes the declarations that the entry needs, and none of the rest that the compiler emits along
 * with them. They keep their folders, so that what they import is where they say.
 */
export async function writeDeclarations(request: DeclarationsRequest): Promise<void> {
  const { root, project, entry, workdir, outdirs } = request;
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [compiler, '-p', project, '--outDir', workdir]);
  const files = await reachable(workdir, entry);
  for (const outdir of outdirs) {
    for (const [path, text] of files) {
      await mkdir(dirname(join(outdir, path)), { recursive: true });
      await writeFile(join(outdir, path), published(text));
    }
  }
}

/** The text of each file that `entry` leads to, by path. */
async function reachable(folder: string, entry: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const open = [entry];
  for (const path of open) {
    if (found.has(path)) continue;
    const text = await readFile(join(folder, path), 'utf8');
    found.set(path, text);
    open.push(...importsOf(text).map((to) => posix.join(posix.dirname(path), to)));
  }
  return found;
}

/** Of one statement, or of a type that is imported in place. */
const specifier = /(\bfrom |\bimport\()(['"])(\.[^'"]+)\.ts\2/g;

function importsOf(text: string): string[] {
  return [...text.matchAll(specifier)].map(([, , , path]) => `${path}.d.ts`);
}

/** Only this project's own compiler settings allow imports of `.ts`. */
function published(text: string): string {
  return text.replace(specifier, '$1$2$3.js$2');
}
