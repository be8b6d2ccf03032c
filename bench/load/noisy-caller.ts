import { compared, type Measurement } from '../measurement.ts';
import { median } from '../side-by-side.ts';
import { inTurn } from './at-once.ts';
import { type HttpCall, type HttpClient, mustSucceed } from './http-client.ts';
import type { LoadStack } from './load-stack.ts';

/** Requests that the noisy caller has under way at any time. */
const noise = 4;

/**
 * Five requests share one process here, which they would not on Lambda: five times as long is the quiet
 * caller's share of it, and the rest is room for a busy machine.
 */
const budgetBesideNoise = 8;

/** That a caller is refused, waits for STS or empties its bucket is felt by nobody else. */
const budgetOfNoise = 1.5;

const calls = 100;
const rounds = 7;

/**
 * The median vend of a caller who asks for one token after the other, while another demands new ones: against
 * the same when alone, and against the same beside as many requests of an ordinary caller.
 */
export async function measureNoisyCaller(stack: LoadStack): Promise<Measurement[]> {
  const [quiet, other] = await stack.newcomers(2);
  if (quiet === undefined || other === undefined) throw new Error('nobody to ask');
  const client = stack.client(1);
  const alone = () => medianVend(client, quiet);
  const noisy = { ...other, body: JSON.stringify({ database: 'orders', fresh: true }) };
  const besideNoise = () => during(stack, noisy, alone);
  const besideOther = () => during(stack, other, alone);
  const [toAlone, toOther] = [
    await inTurn({ subject: besideNoise, peer: alone }, rounds),
    await inTurn({ subject: besideNoise, peer: besideOther }, rounds),
  ];
  return [
    compared('vend beside a noisy caller, p50 / alone', 'µs', toAlone, budgetBesideNoise),
    compared(
      'vend beside a noisy caller, p50 / beside an ordinary one',
      'µs',
      toOther,
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
