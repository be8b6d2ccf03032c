#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';

const source = new URL('../clients/cli/main.ts', import.meta.url);
const bundle = new URL('../dist/cli/main.cjs', import.meta.url);
const { typescript } = process.features;
// The Node of a clone runs its source; one that strips no types, such as Node 20, what was built of it.
const program = [...(typescript ? [source] : []), bundle].find((url) => existsSync(url));
if (program === undefined) {
  process.stderr.write('This clone needs Node 24: use npx tokenvend, or npm run build.\n');
  process.exit(2);
}
const { run } = await import(program);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
process.exitCode = await run(process.argv.slice(2), { version });
// A call or a command that nobody waits for any more may take its time: it must not keep the process.
setTimeout(() => process.exit(), 500).unref();
