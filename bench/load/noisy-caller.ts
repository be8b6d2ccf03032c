import { fastestOf } from '../fastest.ts';
import { compared, type Measurement } from '../measurement.ts';
import { median } from '../side-by-side.ts';
import { type HttpCall, type HttpClient, mustSucceed } from './http-client.ts';
import type { LoadStack } from './load-stack.ts';

/** Requests that the noisy caller has under way at any time. */
const noise = 4;

/**
 * All of this shares one process, which callers on Lambda do not. A request that waits for its turn among as many
 * others takes as many times as long: that is its share, whatever the machine. What it takes beyond the
 * share is what the noisy caller takes from it.
 */
const budgetOfItsShare = 1.5;

/** That a caller is refused, waits for STS or empties its bucket is felt by nobody else. */
const budgetOfNoise = 1.5;

const calls = 100;
const rounds = 5;

/**
 * The median vend of a caller who asks for one token after the other, while another demands new ones: against
 * its share of the process, and against the same beside as many requests of an ordinary caller.
 */
export async function measureNoisyCaller(stack: LoadStack): Promise<Measurement[]> {
  const [quiet, other] = await stack.newcomers(2);
  if (quiet === undefined || other === undefined) throw new Error('nobody to ask');
  const client = stack.client(1);
  const alone = () => medianVend(client, quiet);
  const noisy = { ...other, body: JSON.stringify({ database: 'orders', fresh: true }) };
  const [byItself = 0, besideNoise = 0, besideOther = 0] = await fastestOf(
    [alone, () => during(stack, noisy, alone), () => during(stack, other, alone)],
    rounds,
  );
  return [
    compared(
      'vend beside a noisy caller, p50 / its share of one process',
      'µs',
      { value: besideNoise, peer: byItself * (1 + noise) },
      budgetOfItsShare,
    ),
    compared(
      'vend beside a noisy caller, p50 / beside an ordinary one',
      'µs',
      { value: besideNoise, peer: besideOther },
      budgetOfNoise,
    ),
  ];
}

async function medianVend(client: HttpClient, vend: HttpCall): Promise<number> {
  const times: number[] = [];
  for (let done = 0; done < calls; done++) {
    const startedAtMs = performance.now();
    await mustSucceed(client, vend);
    times.push((performance.now() - startedAtMs) * 1000);
  }
  return median(times);
}

/** Whatever the noisy caller is answered, the next request follows at once. */
async function during(
  stack: LoadStack,
  insisting: HttpCall,
  measure: () => Promise<number>,
): Promise<number> {
  const client = stack.client(noise);
  let isOver = false;
  const insist = async (): Promise<void> => {
    while (!isOver) await client.send(insisting);
  };
  const noises = Array.from({ length: noise }, insist);
  try {
    return await measure();
  } finally {
    isOver = true;
    await Promise.all(noises);
    client.close();
  }
}
