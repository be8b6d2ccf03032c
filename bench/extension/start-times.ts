import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fastestOf } from '../fastest.ts';
import { absolute, compared, type Measurement } from '../measurement.ts';
import { type FunctionStart, startFunction } from './emulated-function.ts';
import { type ExtensionPlace, startExtension } from './extension-process.ts';

const rounds = 31;

const begun = fileURLToPath(new URL('./begun.cjs', import.meta.url));

/** The extension's start against the least that Node can start, and what it adds to a function's. */
export async function measureStarts(place: ExtensionPlace): Promise<Measurement[]> {
  const [registered = 0, script = 0] = await fastestOf(
    [() => registrationTime(place), emptyScript],
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
    compared('init under the emulator / without the extension', 'ms', init),
    absolute('init under the emulator, added', 'ms', beside - alone),
    absolute('the same while a token is prefetched, added', 'ms', prefetching - alone),
  ];
}

async function registrationTime(place: ExtensionPlace): Promise<number> {
  const extension = await startExtension(place);
  await extension.close();
  return extension.registeredAfterMs;
}

async function initTime(place: ExtensionPlace, how: FunctionStart): Promise<number> {
  const lambda = await startFunction(place, how);
  await lambda.close();
  return lambda.initMs;
}

async function emptyScript(): Promise<number> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [begun], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  const tookMs = performance.now() - startedAtMs;
  await exited;
  return tookMs;
}
