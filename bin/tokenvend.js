#!/usr/bin/env node
import { existsSync } from 'node:fs';

const source = new URL('../clients/cli/main.ts', import.meta.url);
const bundle = new URL('../dist/cli/main.cjs', import.meta.url);
const { run } = await import(existsSync(source) ? source : bundle);
process.exitCode = await run(process.argv.slice(2));
