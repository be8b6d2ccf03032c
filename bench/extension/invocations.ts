import { type RunningParts, runningParts } from '../../local/running-parts.ts';
import { compared, type Measurement } from '../measurement.ts';
import { sideBySide } from '../side-by-side.ts';
import { type FunctionStart, startFunction } from './emulated-function.ts';
import type { ExtensionPlace } from './extension-process.ts';

const effort = { rounds: 15, calls: 40 };

/**
 * What an invocation of a warm function costs while the extension is there: until the environment is
 * idle and stands still again, which is what is billed.
 */
export async function measureInvocations(place: ExtensionPlace): Promise<Measurement> {
  const parts = runningParts();
  try {
    const subject = await invoker(place, { extension: 'prefetching' }, parts);
    const peer = await invoker(place, { extension: 'none' }, parts);
    const figures = await sideBySide({ subject, peer }, effort);
    return compared('warm invocation / without the extension', 'µs', figures);
  } finally {
    await parts.close();
  }
}

async function invoker(
  place: ExtensionPlace,
  how: FunctionStart,
  parts: RunningParts,
): Promise<() => Promise<void>> {
  const lambda = await parts.add(startFunction(place, how));
  return async () => {
    await lambda.invoke();
    await lambda.idle();
  };
}
