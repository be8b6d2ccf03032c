import type { Measurement } from '../measurement.ts';
import { measureExtensionReads } from './extension-reads.ts';
import { measureHeapGrowth } from './heap-growth.ts';
import { openLoadStack } from './load-stack.ts';
import { measureNoisyCaller } from './noisy-caller.ts';
import { measureThroughGateway } from './through-gateway.ts';

/**
 * Many at once, and for long. Every count is fixed, so that it ends within a minute; over loopback, with clients
 * and the API in one process, which is as busy as it can be.
 */
export async function measureLoad(): Promise<readonly Measurement[]> {
  const stack = await openLoadStack();
  try {
    return [
      ...(await measureThroughGateway(stack)),
      ...(await measureNoisyCaller(stack)),
      await measureExtensionReads(),
      await measureHeapGrowth(),
    ];
  } finally {
    await stack.close();
  }
}
