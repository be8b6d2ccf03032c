import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { writeDeclarations } from './declarations.ts';
import { lazyBuiltins } from './lazy-builtins.ts';

/** Where the parts of the library go. Paths are absolute. */
export interface LibraryRequest {
  /** A checkout. */
  readonly root: string;
  /** Gets a folder for each of the two module systems. */
  readonly outdir: string;
  /** For esbuild's account of the parts, and what is written on the way. */
  readonly workdir: string;
}

/** The entry files, relative to `outdir`. package.json names them. */
export const libraryEntries = { esm: 'esm/index.js', cjs: 'cjs/index.js' } as const;

/**
 * Builds what `import` and `require` of the package give: an ES module, a CommonJS module, and
 * declarations for both. All dependencies are inside. Not minified: it is read in stack traces, and
 * applications that mind the size have a bundler of their own.
 */
export async function buildLibrary({ root, outdir, workdir }: LibraryRequest): Promise<void> {
  const entry = join(root, 'clients', 'node', 'index.ts');
  // Split, so that the signing code is loaded by those who sign.
  await bundle(root, entry, { format: 'esm', outdir: join(outdir, 'esm'), splitting: true });
  const metafile = await bundle(root, entry, { format: 'cjs', outdir: join(outdir, 'cjs') });
  await mkdir(workdir, { recursive: true });
  await writeFile(join(workdir, 'library.json'), metafile);
  await writeDeclarations({
    root,
    project: join(root, 'build', 'library.tsconfig.json'),
    entry: 'clients/node/index.d.ts',
    workdir: join(workdir, 'declarations'),
    outdirs: [join(outdir, 'esm'), join(outdir, 'cjs')],
  });
  // package.json above says that .js and .d.ts are ES modules; in this folder they are not.
  await writeFile(join(outdir, 'cjs', 'package.json'), '{ "type": "commonjs" }\n');
}

async function bundle(root: string, entry: string, options: BuildOptions): Promise<string> {
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node20',
    // Most packages' CommonJS build, which esbuild prefers for Node, cannot be tree-shaken.
    mainFields: ['module', 'main'],
    // A function's init waits for the import, and not for what the first token takes.
    plugins: [lazyBuiltins],
    legalComments: 'inline',
    metafile: true,
    logLevel: 'silent',
  });
  return `${JSON.stringify(metafile, null, 2)}\n`;
}

/** The request for the library of a checkout at `root`. */
export function libraryRequest(root: string): LibraryRequest {
  return { root, outdir: join(root, 'dist', 'library'), workdir: join(root, 'dist', 'meta') };
}
