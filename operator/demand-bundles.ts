import { readFile } from 'node:fs/promises';
import { createCaBundles, missingBundleMessage } from '../adapters/ca-bundles.ts';
import { parseDocument } from '../core/registry/document.ts';

/**
 * Refuses a package whose registry names a database without the CA bundle to verify it by: every vend
 * for that database would fail. Only the build sees the two together; who publishes to a table does not
 * see what the functions have on board.
 *
 * @throws Error that says of each bundle how to get it.
 */
export async function demandBundles(registryFile: string, certificates: string): Promise<void> {
  const { databases } = parseDocument(await readFile(registryFile, 'utf8'));
  const onBoard = createCaBundles({ directory: certificates }).names();
  const needed = new Set(databases.map(({ caBundle }) => caBundle));
  const missing = [...needed].filter((name) => !onBoard.includes(name)).sort();
  if (missing.length > 0) throw new Error(missing.map(missingBundleMessage).join('\n'));
}
