import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
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
 * `npm run test:mutations -- core` does so for one package, and with `--force` also where nothing has
 * changed since the last run on this machine.
 */
function main(given: readonly string[], isForced: boolean): number {
  for (const name of given) packageCalled(name);
  const names = given.length > 0 ? given : packageNames;
  const isGood = names.map((name) => {
    const env = { ...process.env, MUTATIONS: name };
    const args = ['run', 'test/mutations/stryker.config.ts', ...(isForced ? ['--force'] : [])];
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

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { force: { type: 'boolean', default: false } },
});
process.exitCode = main(positionals, values.force);
