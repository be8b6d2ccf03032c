#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';

const source = new URL('../clients/cli/main.ts', import.meta.url);
const bundle = new URL('../dist/cli/main.cjs', import.meta.url);
const { run } = await import(existsSync(source) ? source : bundle);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
process.exitCode = await run(process.argv.slice(2), { version });
// A call or a command that nobody waits for any more may take its time: it must not keep the process.
setTimeout(() => process.exit(), 500).unref();
