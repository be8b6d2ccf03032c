import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fastestOf } from '../fastest.ts';
import { absolute, compared, type Measurement } from '../measurement.ts';
import { runTimeMs } from '../run-time.ts';
import { type FunctionStart, startFunction } from './emulated-function.ts';
import { type ExtensionPlace, type StartCost, startExtension } from './extension-process.ts';

const rounds = 31;

/** Milliseconds of a processor that every cold start waits for, on top of what starting Node takes. */
const runBudgetMs = 10;

const begun = fileURLToPath(new URL('./begun.cjs', import.meta.url));

/** The extension's start against the least that Node can start, and what it adds to a function's. */
export async function measureStarts(place: ExtensionPlace): Promise<Measurement[]> {
  const [registered = 0, script = 0] = await fastestOf(
    [async () => (await registration(place)).passedMs, async () => (await emptyScript()).passedMs],
    rounds,
  );
  const [registeredRun = 0, scriptRun = 0] = await fastestOf(
    [async () => (await registration(place)).runMs, async () => (await emptyScript()).runMs],
    rounds,
  );
  const [alone = 0, beside = 0, prefetching = 0] = await fastestOf(
    [
      () => initTime(place, { extension: 'none' }),
      () => initTime(place, { extension: 'idle' }),
      () => initTime(place, { extension: 'prefetching' }),
    ],
    rounds,
  );
  const init = { value: beside, peer: alone };
  return [
    compared('start until registered / an empty script', 'ms', { value: registered, peer: script }),
    absolute(
      'start until registered, processor time, added',
      'ms',
      registeredRun - scriptRun,
      runBudgetMs,
    ),
    compared('init under the emulator / without the extension', 'ms', init),
    absolute('init under the emulator, added', 'ms', beside - alone),
    absolute('the same while a token is prefetched, added', 'ms', prefetching - alone),
  ];
}

async function registration(place: ExtensionPlace): Promise<StartCost> {
  const extension = await startExtension(place);
  await extension.close();
  return extension.registration;
}

async function initTime(place: ExtensionPlace, how: FunctionStart): Promise<number> {
  const lambda = await startFunction(place, how);
  await lambda.close();
  return lambda.initMs;
}

async function emptyScript(): Promise<StartCost> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [begun], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  const cost = { passedMs: performance.now() - startedAtMs, runMs: runTimeMs(child.pid ?? 0) };
  child.kill('SIGKILL');
  await exited;
  return cost;
}
