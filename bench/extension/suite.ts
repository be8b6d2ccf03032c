import { layerBudgets } from '../../build/sizes.ts';
import { runningParts } from '../../local/running-parts.ts';
import { absolute, type Measurement } from '../measurement.ts';
import { openStackBehindTls } from '../stack-behind-tls.ts';
import { measureInProcess } from './in-process.ts';
import { measureInvocations } from './invocations.ts';
import { type BuiltLayer, buildLayer } from './layer.ts';
import { measureMemory } from './memory.ts';
import { measureMisses } from './misses.ts';
import { measureReads } from './reads.ts';
import { measureRieStarts } from './rie-start-times.ts';
import { measureStarts } from './start-times.ts';

/** The Lambda extension, as it is deployed, against a server, a process and a function without it. */
export async function measureExtension(): Promise<readonly Measurement[]> {
  const parts = runningParts();
  try {
    const layer = await parts.add(buildLayer());
    const place = { opt: layer.opt, api: await parts.add(openStackBehindTls()) };
    return [
      ...(await measureReads(place)),
      ...(await measureStarts(place)),
      ...(await measureRieStarts(place)),
      await measureInvocations(place),
      ...(await measureMemory(place)),
      await measureMisses(place),
      layerSize(layer),
      ...(await measureInProcess()),
    ];
  } finally {
    await parts.close();
  }
}

function layerSize({ zipBytes }: BuiltLayer): Measurement {
  const budget = layerBudgets.get('layers/node');
  return absolute(
    'layer for Node.js runtimes, zipped',
    'KB',
    zipBytes / 1000,
    budget === undefined ? null : budget / 1000,
  );
}
