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

/** The ordinary call, and the slow one that somebody meets at every page load. */
export interface Distribution {
  readonly p50: Figures;
  readonly p99: Figures;
}

/**
 * Times two things call by call in turn (A B A B …), and takes the median of the rounds' medians.
 *
 * In turn, because whatever disturbs the machine then disturbs both; and call by call, because a short
 * function in a loop of its own keeps the processor's caches to itself, which no function that serves
 * requests ever does.
 */
export async function sideBySide(contest: Contest, effort: Effort): Promise<Figures> {
  return (await distribution(contest, effort)).p50;
}

/** The same, with the median of the rounds' 99th percentiles beside it. */
export async function distribution(contest: Contest, effort: Effort): Promise<Distribution> {
  await round(contest, effort.calls);
  const rounds: Round[] = [];
  for (let done = 0; done < effort.rounds; done++) rounds.push(await round(contest, effort.calls));
  const across = (figure: (times: readonly number[]) => number): Figures => ({
    value: median(rounds.map(({ values }) => figure(values))),
    peer: median(rounds.map(({ peers }) => figure(peers))),
  });
  return { p50: across(median), p99: across((times) => percentile(times, 99)) };
}

interface Round {
  readonly values: readonly number[];
  readonly peers: readonly number[];
}

async function round({ subject, peer }: Contest, calls: number): Promise<Round> {
  const [values, peers]: [number[], number[]] = [[], []];
  for (let done = 0; done < calls; done++) {
    peers.push(await timed(peer));
    values.push(await timed(subject));
  }
  return { values, peers };
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
  return percentile(values, 25);
}

/** The value that so many percent of them do not exceed. @throws Error for an empty list. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const found = sorted[Math.ceil((sorted.length * percent) / 100) - 1];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}
