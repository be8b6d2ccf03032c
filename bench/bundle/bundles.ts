import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleFunction, functionRequest } from '../../build/bundle.ts';

/** Two bundles of the same function. Absolute paths. */
export interface Bundles {
  readonly ours: string;
  readonly defaults: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles the tokens function as `npm run build` does, and with esbuild's defaults, into `directory`. */
export async function bundleBothWays(directory: string): Promise<Bundles> {
  const ours = join(directory, 'ours', 'index.mjs');
  const defaults = join(directory, 'defaults', 'index.cjs');
  const metafile = join(directory, 'meta.json');
  await bundleFunction({ ...functionRequest(root, 'tokens'), outfile: ours, metafile });
  await bundleWithDefaults(functionRequest(root, 'tokens').entry, defaults);
  return { ours, defaults };
}

/** What has to be said to get a bundle for Node at all; CommonJS is then esbuild's own choice. */
async function bundleWithDefaults(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    absWorkingDir: root,
    logLevel: 'silent',
  });
}
