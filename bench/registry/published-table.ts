import type { RegistryDocument } from '../../core/registry/model.ts';
import { registryOf } from '../vend/registry-of.ts';
import { type PublishingCost, publishMeasured } from './publishing.ts';
import { type BenchTable, openBenchTable } from './registry-table.ts';

/** A table of its own with a registry in force, and what it took to put it there. */
export interface Published extends BenchTable {
  readonly document: RegistryDocument;
  readonly cost: PublishingCost;
}

export async function publishedTable(databases: number): Promise<Published> {
  const opened = await openBenchTable();
  const document = registryOf(databases);
  const cost = await publishMeasured(document, opened.table);
  return { ...opened, document, cost };
}
