import { spawnSync } from 'node:child_process';
import { type Judgement, judge } from './judge.ts';
import { packageCalled, packageNames, reportOf } from './packages.ts';
import { readReport } from './report.ts';
import { survivors } from './survivors/all.ts';

/** Not one of the packages that `npm ci` brings: it has 170 of its own. */
const stryker = '.local/stryker/node_modules/.bin/stryker';

/** Per cent of the mutants of each package that its tests must detect. */
const leastScore = 95;

/**
 * Changes the code in some thousand ways, one at a time, and sees to it that a test fails.
 * `npm run test:mutations -- core` does so for one package.
 */
function main(names: readonly string[]): number {
  for (const name of names) packageCalled(name);
  const isGood = names.map((name) => {
    const env = { ...process.env, MUTATIONS: name };
    const args = ['run', 'test/mutations/stryker.config.ts'];
    const { status } = spawnSync(stryker, args, { env, stdio: 'inherit' });
    return status === 0 && report(name, judge(readReport(reportOf(name)), survivors));
  });
  return isGood.every(Boolean) ? 0 : 1;
}

function report(name: string, { score, detected, all, unexplained, stale }: Judgement): boolean {
  for (const { file, line, from, to } of unexplained) {
    console.log(`survived, and is not explained: ${file}:${line}: ${from} → ${to}`);
  }
  for (const key of stale) console.log(`is explained, and did not survive: ${key}`);
  console.log(`${name}: ${detected} of ${all} mutants detected, ${score.toFixed(2)} %`);
  return score >= leastScore && unexplained.length === 0 && stale.length === 0;
}

const asked = process.argv.slice(2);
process.exitCode = main(asked.length > 0 ? asked : packageNames);
