import { runningParts } from '../../local/running-parts.ts';
import { cpuTimeMs } from '../cpu-time.ts';
import { type BareServer, startBareServer } from '../extension/bare-server-process.ts';
import { prefetch, tokenPath } from '../extension/environment.ts';
import { startExtension } from '../extension/extension-process.ts';
import {
  type HttpQuestion,
  type HttpReader,
  openReader,
  readOnce,
} from '../extension/http-reader.ts';
import { buildLayer } from '../extension/layer.ts';
import { fastestOf } from '../fastest.ts';
import { compared, type Measurement } from '../measurement.ts';
import { openStackBehindTls } from '../stack-behind-tls.ts';
import { timePerCall } from './at-once.ts';

const readers = 64;
/** Of a round: enough for steps of 10 ms, in which the kernel counts, to be a few percent. */
const reads = 12_800;
const rounds = 5;

/**
 * The extension at saturation, with 64 reads under way: processor time of its process for each, against a
 * bare `node:http` server with the same answer and as many readers. Not the time from question to answer,
 * which at saturation is the queue's, and holds what the readers cost as well.
 *
 * Without a budget: the two times of a single read, in which the system's part weighs more, are not met here
 * (docs/performance.md).
 */
export async function measureExtensionReads(): Promise<Measurement> {
  const parts = runningParts();
  try {
    const { opt } = await parts.add(buildLayer());
    const api = await parts.add(openStackBehindTls());
    const own = { TOKENVEND_PREFETCH: prefetch };
    const extension = await parts.add(startExtension({ opt, api }, own));
    const question = { path: tokenPath, token: extension.token };
    const answer = await readOnce({ ...question, port: extension.port });
    const bare = await parts.add(startBareServer(answer));
    const [value = 0, peer = 0] = await fastestOf(
      [extension, bare].map((server) => () => saturate(server, question)),
      rounds,
    );
    const name = 'extension, 64 reads at once, processor time of each / bare node:http';
    return compared(name, 'µs', { value, peer });
  } finally {
    await parts.close();
  }
}

/** Microseconds of a server's processor time for each of many reads. */
async function saturate(
  { pid, port }: Pick<BareServer, 'pid' | 'port'>,
  question: Omit<HttpQuestion, 'port'>,
): Promise<number> {
  const idle = await Promise.all(
    Array.from({ length: readers }, () => openReader({ ...question, port })),
  );
  const read = async (): Promise<void> => {
    const reader = idle.pop();
    if (reader === undefined) throw new Error('more reads at once than readers');
    await reader.read();
    idle.push(reader);
  };
  const beforeMs = await cpuTimeMs(pid);
  await timePerCall(read, { calls: reads, atOnce: readers });
  const spentMs = (await cpuTimeMs(pid)) - beforeMs;
  closeAll(idle);
  return (spentMs * 1000) / reads;
}

function closeAll(open: readonly HttpReader[]): void {
  for (const reader of open) reader.close();
}
