import { setTimeout as pause } from 'node:timers/promises';
import { absolute, type Measurement } from '../measurement.ts';
import { type ProcessMemory, processMemory } from '../process-memory.ts';
import { prefetch, tokenPath } from './environment.ts';
import { type ExtensionPlace, startExtension } from './extension-process.ts';
import { type HttpQuestion, openReader, readOnce } from './http-reader.ts';

/** Megabytes that the function's memory is short of. */
const anonymousBudget = 20;

/** After its one call to the API, which loads all there is to TLS, a process settles. */
const settleMs = 2000;

const [connections, readsEach] = [8, 6250];

/** Memory with one token in the cache, and after 50,000 reads of it. */
export async function measureMemory(place: ExtensionPlace): Promise<Measurement[]> {
  const extension = await startExtension(place, { TOKENVEND_PREFETCH: prefetch });
  try {
    const question = { port: extension.port, path: tokenPath, token: extension.token };
    await readOnce(question);
    await pause(settleMs);
    const idle = await processMemory(extension.pid);
    await Promise.all(Array.from({ length: connections }, () => readOften(question)));
    const busy = await processMemory(extension.pid);
    return [
      absolute('memory idle, anonymous', 'MB', idle.anonymousMb, anonymousBudget),
      absolute('memory idle, resident', 'MB', idle.residentMb),
      ...afterReads(busy),
    ];
  } finally {
    await extension.close();
  }
}

function afterReads({ anonymousMb, residentMb }: ProcessMemory): Measurement[] {
  return [
    absolute('memory after 50,000 reads, anonymous', 'MB', anonymousMb),
    absolute('memory after 50,000 reads, resident', 'MB', residentMb),
  ];
}

async function readOften(question: HttpQuestion): Promise<void> {
  const reader = await openReader(question);
  for (let done = 0; done < readsEach; done++) await reader.read();
  reader.close();
}
