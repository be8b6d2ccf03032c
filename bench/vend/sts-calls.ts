import { absolute, type Measurement } from '../measurement.ts';
import { openProvingGround } from './proving-ground.ts';
import { openDatabases, registryOf } from './registry-of.ts';
import { tokensFunction, type Vend } from './tokens-function.ts';

/** One session for each caller and user, counted at the STS itself. */
const budget = 1;

/** A session of an hour is replaced with 16 minutes left: a token has to live for 15. */
const spanMs = 44 * 60_000;
const vends = 10_000;
const concurrentVends = 1_000;

/** What one caller's vends for one database user cost at STS, in one execution environment. */
export async function measureStsCalls(): Promise<Measurement[]> {
  const steady = await stsCalls(async (vend, advance) => {
    for (let done = 0; done < vends; done++) {
      await vend();
      advance(spanMs / vends);
    }
  });
  const first = await stsCalls(async (vend) => {
    await Promise.all(Array.from({ length: concurrentVends }, vend));
  });
  return [
    absolute('STS calls of 10,000 vends in 44 min', 'calls', steady, budget),
    absolute('STS calls of 1,000 concurrent first vends', 'calls', first, budget),
  ];
}

type Load = (vend: () => ReturnType<Vend>, advance: (ms: number) => void) => Promise<void>;

/** Begins on a whole second, as the sessions do that STS tells the end of. */
async function stsCalls(load: Load): Promise<number> {
  let nowMs = Math.floor(Date.now() / 1000) * 1000;
  const clock = (): Date => new Date(nowMs);
  const ground = await openProvingGround(clock);
  try {
    const registry = registryOf(10);
    const [database] = openDatabases(registry, 1);
    const vend = tokensFunction(await ground.environmentWith(registry), clock);
    await load(
      () => vend(database),
      (ms) => {
        nowMs += ms;
      },
    );
    return ground.sts.calls.count();
  } finally {
    await ground.close();
  }
}
