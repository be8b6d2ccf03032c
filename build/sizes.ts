import { readFile, stat } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/** How large one bundle is. */
export interface BundleSize {
  readonly name: string;
  readonly bytes: number;
  /** At the highest level: what a cold start or an installation has to download. */
  readonly gzipBytes: number;
  /** Most bytes it may have, minified; absent where none is set. */
  readonly budgetBytes?: number;
}

/**
 * The budgets, in bytes of 1,000 to the kilobyte. A cold start reads all of the bundle; the tokens
 * function's is the one that applications wait for.
 */
export const budgets: ReadonlyMap<string, number> = new Map([['functions/tokens', 300_000]]);

/** What a cold start downloads and unpacks before the function's own code: the layer for Node.js runtimes, zipped. */
export const layerBudgets: ReadonlyMap<string, number> = new Map([['layers/node', 100_000]]);

/** Measures the bundle in `file`, to be reported under `name`. */
export async function measure(name: string, file: string): Promise<BundleSize> {
  const content = await readFile(file);
  const budgetBytes = budgets.get(name);
  return {
    name,
    bytes: content.length,
    gzipBytes: gzipSync(content, { level: 9 }).length,
    ...(budgetBytes === undefined ? {} : { budgetBytes }),
  };
}

/** Measures a layer's zip, which travels as it is. */
export async function measureZip(name: string, file: string): Promise<BundleSize> {
  const { size } = await stat(file);
  const budgetBytes = layerBudgets.get(name);
  return {
    name,
    bytes: size,
    gzipBytes: size,
    ...(budgetBytes === undefined ? {} : { budgetBytes }),
  };
}

/** The bundles that are larger than they may be. */
export function overBudget(sizes: readonly BundleSize[]): BundleSize[] {
  return sizes.filter(({ bytes, budgetBytes }) => budgetBytes !== undefined && bytes > budgetBytes);
}

/** A table to print: one line for each bundle, in kilobytes of 1,000 bytes. */
export function sizeTable(sizes: readonly BundleSize[]): string {
  const rows = sizes.map((size) => [
    size.name,
    kilobytes(size.bytes),
    kilobytes(size.gzipBytes),
    size.budgetBytes === undefined ? '' : kilobytes(size.budgetBytes),
  ]);
  return [['bundle', 'minified', 'gzip', 'budget'], ...rows].map(line).join('\n');
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

function line([name = '', ...figures]: readonly string[]): string {
  return [name.padEnd(24), ...figures.map((figure) => figure.padStart(10))].join(' ').trimEnd();
}
