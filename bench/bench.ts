import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isMissed, type Measurement } from './measurement.ts';
import { performanceChart } from './performance-chart.ts';
import { performancePage } from './performance-page.ts';
import { committedResults, regressionsOf, undisturbedOf } from './regressions.ts';
import { readResults, withSuite, writeResults } from './results.ts';
import { runSuite } from './run-suite.ts';
import { suites } from './suites.ts';
import { textTable } from './table.ts';

/**
 * `npm run bench [-- suite…]`: measures all suites or those named, prints a table, and keeps the
 * figures in `bench/results.json`, `docs/performance.md` and `docs/performance.svg`. Exits with 1 when a
 * budget is missed or a ratio is 1.5 times the committed one, and with 2 for a suite that there is not.
 */
const resultsFile = fileURLToPath(new URL('./results.json', import.meta.url));
const committedFile = 'bench/results.json';
const chartFile = fileURLToPath(new URL('../docs/performance.svg', import.meta.url));
const pageFile = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

async function main(chosen: readonly string[]): Promise<void> {
  const unknown = chosen.filter((name) => !suites.has(name));
  if (unknown.length > 0) {
    process.stderr.write(`No suite ${unknown.join(', ')}; there are ${known().join(', ')}.\n`);
    process.exitCode = 2;
    return;
  }
  const committed = await committedResults(committedFile, await readResults(resultsFile));
  const measured: Measurement[] = [];
  for (const suite of chosen.length > 0 ? chosen : known()) {
    process.stderr.write(`measuring ${suite} …\n`);
    const rows = await measureTwiceIfBad(suite, committed);
    await keep(suite, rows);
    measured.push(...rows);
  }
  process.stdout.write(`${textTable(measured)}\n`);
  const worse = regressionsOf(committed, measured);
  for (const { name, ratio, before } of worse) {
    process.stderr.write(`${name}: ${ratio} ×, committed with ${before} ×\n`);
  }
  if (worse.length > 0 || measured.some(isMissed)) process.exitCode = 1;
}

const known = (): string[] => [...suites.keys()];

/** What was bad once may have been the machine; what is bad twice was not. */
async function measureTwiceIfBad(
  suite: string,
  committed: readonly Measurement[],
): Promise<readonly Measurement[]> {
  const rows = await runSuite(suite);
  const missed = rows.filter(isMissed);
  const bad = [...missed, ...regressionsOf(committed, rows)].map(({ name }) => name);
  if (bad.length === 0) return rows;
  process.stderr.write(`measuring ${suite} again, for ${[...new Set(bad)].join('; ')} …\n`);
  return undisturbedOf(rows, await runSuite(suite));
}

async function keep(suite: string, rows: readonly Measurement[]): Promise<void> {
  const results = withSuite(await readResults(resultsFile), suite, rows);
  await writeResults(resultsFile, results);
  await writeFile(chartFile, performanceChart(results));
  await writeFile(pageFile, performancePage(await readFile(pageFile, 'utf8'), results));
}

await main(process.argv.slice(2));
