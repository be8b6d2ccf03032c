import { join } from 'node:path';
import { bundleFunction } from './bundle.ts';

/** Bundles the example function of the template, with its driver. */
export async function buildExamples(root: string): Promise<void> {
  await bundleFunction({
    root,
    entry: join(root, 'examples', 'lambda-node', 'index.mjs'),
    outfile: join(root, 'dist', 'examples', 'lambda-node', 'index.mjs'),
    metafile: join(root, 'dist', 'meta', 'example-lambda-node.json'),
    // pg loads it where it is installed.
    external: ['pg-native'],
  });
}
