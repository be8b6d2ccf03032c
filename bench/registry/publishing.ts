import { randomBytes } from 'node:crypto';
import type { WritableTable } from '../../adapters/writable-table.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import { publishRegistry } from '../../operator/publish-registry.ts';
import { garbageCollector } from '../garbage-collector.ts';
import { shownProgress } from './shown-progress.ts';

/** What publishing took. */
export interface PublishingCost {
  readonly ms: number;
  /** The most that the publisher's heap held at the end of a batch, beyond what it held before. */
  readonly heapBytes: number;
}

/** Publishes with the operator's code, and shows how far it is. */
export async function publishMeasured(
  document: RegistryDocument,
  table: WritableTable,
): Promise<PublishingCost> {
  garbageCollector()();
  const heapBefore = process.memoryUsage().heapUsed;
  const startedAtMs = performance.now();
  let heapMost = heapBefore;
  const shown = shownProgress();
  await publishRegistry(document, operatorOf(table), {
    step: shown.step,
    count: (written, items, what) => {
      heapMost = Math.max(heapMost, process.memoryUsage().heapUsed);
      shown.count(written, items, what);
    },
  });
  return { ms: performance.now() - startedAtMs, heapBytes: heapMost - heapBefore };
}

const operatorOf = (table: WritableTable) => ({
  table,
  clock: () => new Date(),
  ids: () => randomBytes(6).toString('hex'),
  by: 'bench',
});
