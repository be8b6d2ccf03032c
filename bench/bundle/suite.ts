import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { budgets, measure } from '../../build/sizes.ts';
import { absolute, compared, type Measurement } from '../measurement.ts';
import { type Bundles, bundleBothWays } from './bundles.ts';
import { importTimes } from './import-times.ts';

/** The tokens function's bundle against the same code as esbuild bundles it when told nothing. */
export async function measureBundle(): Promise<readonly Measurement[]> {
  const directory = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  try {
    const bundles = await bundleBothWays(directory);
    return [...(await sizes(bundles)), await importing(bundles)];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function sizes({ ours, defaults }: Bundles): Promise<Measurement[]> {
  const { bytes } = await measure('functions/tokens', ours);
  const { bytes: defaultBytes } = await measure('defaults', defaults);
  const [value, peer] = [bytes / 1000, defaultBytes / 1000];
  const budgetBytes = budgets.get('functions/tokens');
  return [
    absolute('tokens function', 'KB', value, budgetBytes === undefined ? null : budgetBytes / 1000),
    compared("tokens function / esbuild's defaults", 'KB', { value, peer }),
  ];
}

/** Of each bundle. With 21, the ratio of the medians still wanders by five percent. */
const runs = 51;

/** The part of a cold start that is ours to shorten. */
const importBudget = 0.6;

async function importing({ ours, defaults }: Bundles): Promise<Measurement> {
  const figures = await importTimes({ subject: ours, peer: defaults }, runs);
  return compared("import in a fresh process / esbuild's defaults", 'ms', figures, importBudget);
}
