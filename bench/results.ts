import { readFile, writeFile } from 'node:fs/promises';
import { type Measurement, parseMeasurements } from './measurement.ts';

/** The figures of the last run of each suite; none where there is no such file yet. */
export async function readResults(file: string): Promise<readonly Measurement[]> {
  const text = await readIfThere(file);
  return text === undefined ? [] : parseMeasurements(JSON.parse(text));
}

/** Replaces what the file says of the suites that have just run. */
export async function writeResults(file: string, results: readonly Measurement[]): Promise<void> {
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
}

/**
 * The results with all of one suite's rows replaced, where they stood before: a measurement that a
 * suite no longer makes goes, and no other suite's is touched.
 */
export function withSuite(
  results: readonly Measurement[],
  suite: string,
  rows: readonly Measurement[],
): readonly Measurement[] {
  const isOwn = ({ name }: Measurement): boolean => name.startsWith(`${suite}: `);
  const at = results.findIndex(isOwn);
  const before = at < 0 ? results : results.slice(0, at);
  const after = at < 0 ? [] : results.slice(at).filter((one) => !isOwn(one));
  return [...before, ...rows, ...after];
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
