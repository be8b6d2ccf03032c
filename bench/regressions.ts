import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Measurement, parseMeasurements } from './measurement.ts';

/** A ratio that has become worse than a busy machine makes it. */
export interface Regression {
  readonly name: string;
  readonly ratio: number;
  /** The committed one. */
  readonly before: number;
}

/**
 * By how much a ratio may exceed the committed one. Both of its sides are measured side by side, so that
 * ratios of one commit lie within a fifth of each other; half as much again has a cause.
 */
const tolerated = 1.5;

/**
 * The ratios that are 1.5 times what was committed, or worse. A figure without a peer belongs to its
 * machine, and a row that is new has nothing to be held against: neither is ever one.
 */
export function regressionsOf(
  committed: readonly Measurement[],
  measured: readonly Measurement[],
): Regression[] {
  const before = new Map(committed.map(({ name, ratio }) => [name, ratio]));
  return measured.flatMap(({ name, ratio }) => {
    const known = before.get(name) ?? null;
    const isWorse = ratio !== null && known !== null && ratio >= known * tolerated;
    return isWorse ? [{ name, ratio, before: known }] : [];
  });
}

/**
 * Of two runs of a suite, each row from the run in which it was lower, since a machine only ever adds. Not
 * where calls are counted: no machine makes a call that the code did not, and the higher one stays.
 */
export function undisturbedOf(
  first: readonly Measurement[],
  second: readonly Measurement[],
): readonly Measurement[] {
  const firsts = new Map(first.map((row) => [row.name, row]));
  return second.map((row) => {
    const other = firsts.get(row.name);
    if (other === undefined) return row;
    const [lower, higher] = figureOf(other) < figureOf(row) ? [other, row] : [row, other];
    return row.unit === 'calls' ? higher : lower;
  });
}

const figureOf = ({ ratio, value }: Measurement): number => ratio ?? value;

/**
 * The results of the commit that is checked out, by which ten runs that each are a little worse are
 * seen; where git cannot tell, those of the last run.
 */
export async function committedResults(
  file: string,
  lastRun: readonly Measurement[],
): Promise<readonly Measurement[]> {
  const here = { cwd: import.meta.dirname };
  const text = await promisify(execFile)('git', ['show', `HEAD:${file}`], here).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
  return text === undefined ? lastRun : parseMeasurements(JSON.parse(text));
}
