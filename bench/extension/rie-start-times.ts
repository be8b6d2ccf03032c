import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RieOptions, startUnderRie } from '../../test/rie/rie-lambda.ts';
import { rieProgram } from '../../test/rie/rie-program.ts';
import { fastestOf } from '../fastest.ts';
import { absolute, compared, type Measurement } from '../measurement.ts';
import { functionEnvironment, roleCredentials } from './environment.ts';
import type { ExtensionPlace } from './extension-process.ts';

const rounds = 31;

const runtime = fileURLToPath(new URL('./runtime.cjs', import.meta.url));

/**
 * What the extension adds to a function's first answer under AWS's Runtime Interface Emulator. That
 * starts nothing before the first call, and does not say when the init in it ends.
 */
export async function measureRieStarts(place: ExtensionPlace): Promise<Measurement[]> {
  const path = await rieProgram();
  const extension = { extensionsDirectory: join(place.opt, 'extensions') };
  const [alone = 0, beside = 0] = await fastestOf(
    [() => firstAnswer(path, place, {}), () => firstAnswer(path, place, extension)],
    rounds,
  );
  const answers = { value: beside, peer: alone };
  return [
    compared('first answer under the RIE / without the extension', 'ms', answers),
    absolute('first answer under the RIE, added', 'ms', beside - alone),
  ];
}

/** Milliseconds from the first call, which starts extension and function, until its answer is here. */
async function firstAnswer(
  path: string,
  { api }: ExtensionPlace,
  extension: Pick<RieOptions, 'extensionsDirectory'>,
): Promise<number> {
  const environment = await functionEnvironment(api);
  const lambda = await startUnderRie(path, {
    ...extension,
    runtime: { command: process.execPath, args: [runtime] },
    credentials: roleCredentials(api),
    env: environment.variables,
  });
  try {
    const startedAtMs = performance.now();
    const { status } = await lambda.invoke();
    const tookMs = performance.now() - startedAtMs;
    if (status !== 200) throw new Error('the function did not start');
    return tookMs;
  } finally {
    await lambda.close();
    await environment.close();
  }
}
