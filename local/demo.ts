import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPsql } from './demo/login.ts';
import { createNarrator } from './demo/narrator.ts';
import { showTheRefusals } from './demo/refusals.ts';
import { showTheWay } from './demo/walk.ts';
import { quietFunctions } from './quiet-functions.ts';
import { startStack } from './stack.ts';

/** `npm run demo`: starts everything, walks through it, stops. Exits with 1 where a step fails. */
async function demo(): Promise<void> {
  const startedAt = performance.now();
  const directory = await mkdtemp(join(tmpdir(), 'tokenvend-demo-'));
  const stack = await startStack({ directory });
  const narrator = createNarrator((line) => process.stdout.write(`${line}\n`));
  try {
    const usePsql = await hasPsql();
    process.stdout.write(`tokenvend runs at ${stack.apiUrl}, PostgreSQL behind it.\n`);
    const context = { stack, narrator, usePsql };
    const answer = await showTheWay(context);
    await showTheRefusals(context, answer);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`\nAll ${narrator.steps} steps went as said, in ${seconds} s.\n`);
    process.stdout.write('"npm start" leaves it running, to try for yourself.\n');
  } finally {
    await stack.close();
    await rm(directory, { recursive: true, force: true });
  }
}

quietFunctions();
demo().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : 'the demo failed'}\n`);
  process.exitCode = 1;
});
