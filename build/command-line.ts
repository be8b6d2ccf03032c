import { join } from 'node:path';
import { bundleCommand, commandParts } from './bundle.ts';
import { noticesName, writeNotices } from './notices.ts';

/** Where the command line goes. Paths are absolute. */
export interface CommandLineRequest {
  /** A checkout. */
  readonly root: string;
  /** Gets the bundles, which find each other there, and the notices of what is in them. */
  readonly outdir: string;
  /** For esbuild's accounts of the bundles; not `outdir`, which is published. */
  readonly workdir: string;
}

/** The bundle that the launcher imports, relative to `outdir`. */
export const commandEntry = 'main.cjs';

/** Builds the command line whole: its first bundle, and those that it loads later. */
export async function buildCommandLine({
  root,
  outdir,
  workdir,
}: CommandLineRequest): Promise<void> {
  const metafiles: string[] = [];
  for (const part of ['main', ...commandParts]) {
    const metafile = join(workdir, part === 'main' ? 'cli.json' : `cli-${part}.json`);
    await bundleCommand({
      root,
      entry: join(root, 'clients', 'cli', `${part}.ts`),
      outfile: join(outdir, `${part}.cjs`),
      metafile,
    });
    metafiles.push(metafile);
  }
  await writeNotices({ root, metafiles, outfile: join(outdir, noticesName) });
}

/** The request for the command line of a checkout at `root`. */
export function commandLineRequest(root: string): CommandLineRequest {
  return { root, outdir: join(root, 'dist', 'cli'), workdir: join(root, 'dist', 'meta') };
}
