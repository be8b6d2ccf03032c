import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditRecord } from '../../../core/audit.ts';
import { startOrdersDatabase } from '../../../local/orders-database.ts';
import { type Stack, type StackOptions, startStack } from '../../../local/stack.ts';

export interface TestStack extends Stack {
  /** Where the registry, the CA and `audit.jsonl` are. */
  readonly directory: string;
}

/** Starts the whole stack in a folder of its own, without PostgreSQL unless {@link withDatabase} is given. */
export async function startTestStack(
  options: Omit<Partial<StackOptions>, 'directory'> = {},
): Promise<TestStack> {
  const directory = await mkdtemp(join(tmpdir(), 'tokenvend-test-'));
  const removeDirectory = () => rm(directory, { recursive: true, force: true });
  try {
    const stack = await startStack({ directory, startDatabase: noDatabase, ...options });
    return { ...stack, directory, close: () => stack.close().finally(removeDirectory) };
  } catch (error) {
    await removeDirectory();
    throw error;
  }
}

/** Options for tests that open sessions: starting PostgreSQL takes seconds. */
export const withDatabase = { startDatabase: startOrdersDatabase };

/** Keeps the functions' log lines and metrics out of the test report. */
export function silenceFunctions(): void {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
}

/** The newest audit record. */
export function lastRecord({ auditRecords }: Pick<Stack, 'auditRecords'>): AuditRecord {
  const record = auditRecords.at(-1);
  if (record === undefined) throw new Error('nothing has been recorded');
  return record;
}

/** The registry needs a port; nothing listens there. */
const noDatabase: NonNullable<StackOptions['startDatabase']> = async () => ({
  port: 5432,
  folder: '',
  refusals: [],
  query: () => Promise.reject(new Error('this stack has no database')),
  close: async () => undefined,
});
