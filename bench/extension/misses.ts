import { absolute, type Measurement } from '../measurement.ts';
import { tokenPath } from './environment.ts';
import { type ExtensionPlace, startExtension } from './extension-process.ts';
import { type HttpReader, openReader } from './http-reader.ts';

/** However many ask at once for what is not there yet, the API is asked once. */
const budget = 1;

/** As many connections as the extension accepts. */
const readers = 1000;

/** Long enough for all of them to have asked before the API hears of the first. */
const apiDelayMs = 1000;

/** Calls to the API for 1,000 concurrent misses, counted in its audit records. */
export async function measureMisses(place: ExtensionPlace): Promise<Measurement> {
  const { api } = place;
  const extension = await startExtension(place);
  const before = api.stack.auditRecords.length;
  api.delay(apiDelayMs);
  try {
    const question = { port: extension.port, path: tokenPath, token: extension.token };
    const open = await Promise.all(Array.from({ length: readers }, () => openReader(question)));
    await allMiss(open);
    const calls = api.stack.auditRecords.length - before;
    return absolute('API calls of 1,000 concurrent misses', 'calls', calls, budget);
  } finally {
    api.delay(0);
    await extension.close();
  }
}

/** Rejects unless all have got a token, and none of them from memory. */
async function allMiss(open: readonly HttpReader[]): Promise<void> {
  const answers = await Promise.all(open.map((reader) => reader.read()));
  for (const reader of open) reader.close();
  if (!answers.every((answer) => answer.includes('\r\nx-tokenvend-cache: miss\r\n'))) {
    throw new Error('not every read was a miss');
  }
}
