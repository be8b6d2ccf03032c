import { runningParts } from '../../local/running-parts.ts';
import { absolute, compared, type Measurement } from '../measurement.ts';
import { sideBySide } from '../side-by-side.ts';
import { openProvingGround, type ProvingGround } from '../vend/proving-ground.ts';
import { openDatabases } from '../vend/registry-of.ts';
import { tokensFunction } from '../vend/tokens-function.ts';
import { coldLook, coldVend } from './cold-starts.ts';
import { type Published, publishedTable } from './published-table.ts';
import { measureReviewing } from './reviewing.ts';
import { countTableReads } from './table-reads.ts';
import { measureTakingEffect } from './taking-effect.ts';

/** What a vend costs must not depend on how many others there are. */
const budget = 1.2;

/** A first vend: the pointer, and one batch. */
const firstVendReads = 2;

/** Of 10 and of 1,000 databases as well, against which the largest is held. */
const sizes = [10, 1_000, 100_000] as const;

/** The registry in DynamoDB, on a stand-in whose answers take what a process on this machine takes. */
export async function measureRegistry(): Promise<readonly Measurement[]> {
  const parts = runningParts();
  // First, while the heap holds nothing else.
  const reviewing = measureReviewing();
  try {
    const ground = await parts.add(openProvingGround(() => new Date()));
    const [small, middle, large] = [
      await parts.add(publishedTable(sizes[0])),
      await parts.add(publishedTable(sizes[1])),
      await parts.add(publishedTable(sizes[2])),
    ];
    return [
      ...reviewing,
      ...publishing(large),
      ...(await reading(large)),
      await warm(ground, large, small, '100,000 databases / 10'),
      await warm(ground, middle, small, '1,000 databases / 10'),
      await coldLook(large, small, '100,000 databases / 10'),
      await coldLook(middle, small, '1,000 databases / 10'),
      await coldVend(ground, large, small, '100,000 databases / 10'),
      await coldVend(ground, middle, small, '1,000 databases / 10'),
      ...(await measureTakingEffect()),
    ];
  } finally {
    await parts.close();
  }
}

const publishing = ({ cost }: Published): Measurement[] => [
  absolute('publishing 100,000 databases', 'ms', cost.ms),
  absolute('publishing 100,000 databases, heap at most', 'KB', cost.heapBytes / 1000),
];

async function reading({ table, document }: Published): Promise<Measurement[]> {
  const { first, another, warm: none } = await countTableReads(table, document);
  return [
    absolute('table calls of a first vend, of 100,000 databases', 'calls', first, firstVendReads),
    absolute('table calls of a vend of another database', 'calls', another, 1),
    absolute('table calls of 10,000 vends in 10 s', 'calls', none, 0),
  ];
}

/** The whole tokens function, in which everything but the token is cached. */
async function warm(
  ground: ProvingGround,
  one: Published,
  other: Published,
  what: string,
): Promise<Measurement> {
  const [subject, peer] = [await vending(ground, one), await vending(ground, other)];
  const figures = await sideBySide({ subject, peer }, { rounds: 15, calls: 1000 });
  return compared(`warm vend, p50, ${what}`, 'µs', figures, budget);
}

/** How many databases are asked for in turn: all of the small registry's. */
const targets = 10;

async function vending(
  ground: ProvingGround,
  { document, env }: Published,
): Promise<() => Promise<void>> {
  const vend = tokensFunction({ ...(await ground.environmentWith(document)), ...env });
  const databases = openDatabases(document, targets);
  let asked = 0;
  return () => {
    asked += 1;
    return vend(databases[asked % databases.length] ?? databases[0]);
  };
}
