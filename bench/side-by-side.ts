/** Two things to time against each other. */
export interface Contest {
  readonly subject: () => Promise<unknown>;
  readonly peer: () => Promise<unknown>;
}

/** How often: `rounds` that count, after one that does not, of `calls` calls of each. */
export interface Effort {
  readonly rounds: number;
  readonly calls: number;
}

/** The median call of each, in microseconds. */
export interface Figures {
  readonly value: number;
  readonly peer: number;
}

/**
 * Times two things call by call in turn (A B A B …), and takes the median of the rounds' medians.
 *
 * In turn, because whatever disturbs the machine then disturbs both; and call by call, because a short
 * function in a loop of its own keeps the processor's caches to itself, which no function that serves
 * requests ever does.
 */
export async function sideBySide(contest: Contest, effort: Effort): Promise<Figures> {
  await round(contest, effort.calls);
  const rounds: Figures[] = [];
  for (let done = 0; done < effort.rounds; done++) rounds.push(await round(contest, effort.calls));
  return {
    value: median(rounds.map(({ value }) => value)),
    peer: median(rounds.map(({ peer }) => peer)),
  };
}

async function round({ subject, peer }: Contest, calls: number): Promise<Figures> {
  const [values, peers]: [number[], number[]] = [[], []];
  for (let done = 0; done < calls; done++) {
    peers.push(await timed(peer));
    values.push(await timed(subject));
  }
  return { value: median(values), peer: median(peers) };
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await call();
  return (performance.now() - startedAtMs) * 1000;
}

/** @throws Error for an empty list, which has none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error('nothing was measured');
  return (low + high) / 2;
}

/** The value that a quarter of them do not exceed. @throws Error for an empty list. */
export function lowerQuartile(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const found = sorted[Math.ceil(sorted.length / 4) - 1];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}
