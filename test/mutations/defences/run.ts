import { readFileSync } from 'node:fs';
import { defences } from './all.ts';
import type { Defence } from './defence.ts';
import { changing, tryTests } from './trial.ts';

/**
 * Takes the defences of docs/security.md away, one at a time, and sees to it that the test that the
 * page names fails. `npm run test:defences -- A16` does so for one attack.
 */
async function main(attacks: readonly string[]): Promise<number> {
  const chosen = defences.filter(({ attack }) => attacks.length === 0 || attacks.includes(attack));
  const asItIs = await tryTests({ files: [...new Set(chosen.map(({ test: [file] }) => file))] });
  console.log(`with all defences the tests have ${asItIs}`);
  let unnoticed = 0;
  for (const defence of chosen) {
    const verdict = await verdictWithout(defence);
    console.log(`${verdict}: ${defence.attack} without ${defence.removes}`);
    if (verdict !== 'noticed') unnoticed += 1;
  }
  console.log(`${chosen.length} defences removed, ${unnoticed} not noticed`);
  return asItIs === 'passed' && chosen.length > 0 && unnoticed === 0 ? 0 : 1;
}

async function verdictWithout({ file, from, to, test }: Defence): Promise<string> {
  const places = readFileSync(file, 'utf8').split(from).length - 1;
  if (places !== 1) return `STALE, ${places} places in ${file}`;
  const [testFile, title] = test;
  const plugins = [changing(file, from, to)];
  const verdict = await tryTests({ files: [testFile], title, plugins });
  return { failed: 'noticed', passed: 'NOT NOTICED', 'not-run': 'NOT RUN' }[verdict];
}

process.exitCode = await main(process.argv.slice(2));
