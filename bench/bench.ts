import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isMissed, type Measurement } from './measurement.ts';
import { performancePage } from './performance-page.ts';
import { readResults, withSuite, writeResults } from './results.ts';
import { runSuite } from './run-suite.ts';
import { suites } from './suites.ts';
import { textTable } from './table.ts';

/**
 * `npm run bench [-- suite…]`: measures all suites or those named, prints a table, and keeps the
 * figures in `bench/results.json` and `docs/performance.md`. Exits with 1 when a budget is missed and
 * with 2 for a suite that there is not.
 */
const resultsFile = fileURLToPath(new URL('./results.json', import.meta.url));
const pageFile = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

async function main(chosen: readonly string[]): Promise<void> {
  const unknown = chosen.filter((name) => !suites.has(name));
  if (unknown.length > 0) {
    process.stderr.write(`No suite ${unknown.join(', ')}; there are ${known().join(', ')}.\n`);
    process.exitCode = 2;
    return;
  }
  const measured: Measurement[] = [];
  for (const suite of chosen.length > 0 ? chosen : known()) {
    process.stderr.write(`measuring ${suite} …\n`);
    const rows = await runSuite(suite);
    await keep(suite, rows);
    measured.push(...rows);
  }
  process.stdout.write(`${textTable(measured)}\n`);
  if (measured.some(isMissed)) process.exitCode = 1;
}

const known = (): string[] => [...suites.keys()];

async function keep(suite: string, rows: readonly Measurement[]): Promise<void> {
  const results = withSuite(await readResults(resultsFile), suite, rows);
  await writeResults(resultsFile, results);
  await writeFile(pageFile, performancePage(await readFile(pageFile, 'utf8'), results));
}

await main(process.argv.slice(2));
