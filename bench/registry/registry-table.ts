import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { openTable, type WritableTable } from '../../adapters/writable-table.ts';
import { region } from '../../local/organization.ts';

/** A table of its own, empty at first. */
export interface BenchTable {
  readonly table: WritableTable;
  /** What a function needs in its environment to read it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const thread = new URL('./dynamodb-thread.ts', import.meta.url);

/** In a thread of its own: what the stand-in costs in memory and time is not what the publisher costs. */
export async function openBenchTable(): Promise<BenchTable> {
  const worker = new Worker(thread);
  const [env] = await once(worker, 'message');
  const table = openTable({ table: env.TOKENVEND_REGISTRY_TABLE, env, region, credentials });
  return {
    table,
    env,
    async close() {
      table.client.destroy();
      await worker.terminate();
    },
  };
}

const credentials = async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'bench' });
