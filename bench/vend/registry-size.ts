import type { RegistryDocument } from '../../core/registry/model.ts';
import { compared, type Measurement } from '../measurement.ts';
import { sideBySide } from '../side-by-side.ts';
import { openProvingGround, type ProvingGround } from './proving-ground.ts';
import { openDatabases, registryOf } from './registry-of.ts';
import { tokensFunction } from './tokens-function.ts';

/** What a vend costs must not depend on how many others there are. */
const budget = 1.2;

const effort = { rounds: 15, calls: 1000 };

/** How many databases are asked for in turn: all of the small registry's. */
const targets = 10;

/** A warm vend with 100,000 databases and 1,000 teams in the registry, against one with 10 databases. */
export async function measureRegistrySize(): Promise<Measurement> {
  const ground = await openProvingGround(() => new Date());
  try {
    const subject = await vending(ground, registryOf(100_000));
    const peer = await vending(ground, registryOf(10));
    const figures = await sideBySide({ subject, peer }, effort);
    return compared('warm vend, p50, 100,000 databases / 10', 'µs', figures, budget);
  } finally {
    await ground.close();
  }
}

async function vending(
  ground: ProvingGround,
  registry: RegistryDocument,
): Promise<() => Promise<void>> {
  const vend = tokensFunction(await ground.environmentWith(registry));
  const databases = openDatabases(registry, targets);
  let asked = 0;
  return () => {
    asked += 1;
    return vend(databases[asked % databases.length] ?? databases[0]);
  };
}
