import { runningParts } from '../../local/running-parts.ts';
import { absolute, compared, type Measurement } from '../measurement.ts';
import { onOneProcessor } from '../one-processor.ts';
import { distribution } from '../side-by-side.ts';
import { startBareServer } from './bare-server-process.ts';
import { prefetch, tokenPath } from './environment.ts';
import { type ExtensionPlace, startExtension } from './extension-process.ts';
import { type HttpQuestion, openReader, readOnce } from './http-reader.ts';

/** Twice a server that does nothing: admission, the cache, and an answer written anew each time. */
const budget = 2;

const keptAlive = { rounds: 15, calls: 1000 };
const connecting = { rounds: 15, calls: 200 };

interface Questions {
  readonly subject: HttpQuestion;
  readonly peer: HttpQuestion;
}

/** A token from the extension's memory, against a bare `node:http` server with the same answer. */
export async function measureReads(place: ExtensionPlace): Promise<Measurement[]> {
  const parts = runningParts();
  try {
    const extension = await parts.add(startExtension(place, { TOKENVEND_PREFETCH: prefetch }));
    const subject = { port: extension.port, path: tokenPath, token: extension.token };
    // The first is held until the prefetched token is there.
    await readOnce(subject);
    const bare = await parts.add(startBareServer(await readHit(subject)));
    const questions = { subject, peer: { ...subject, port: bare.port } };
    return await onOneProcessor([extension.pid, bare.pid], async () => [
      ...(await overOneConnection(questions)),
      ...(await overNewConnections(questions)),
    ]);
  } finally {
    await parts.close();
  }
}

/** @throws Error for an answer that took a call to the API: it must not be timed as a read. */
async function readHit(question: HttpQuestion): Promise<string> {
  const answer = await readOnce(question);
  if (!answer.includes('\r\nx-tokenvend-cache: hit\r\n')) throw new Error('no token in memory');
  return answer;
}

async function overOneConnection({ subject, peer }: Questions): Promise<Measurement[]> {
  const [extension, bare] = [await openReader(subject), await openReader(peer)];
  const contest = { subject: () => extension.read(), peer: () => bare.read() };
  const { p50, p99 } = await distribution(contest, keptAlive);
  extension.close();
  bare.close();
  return [
    compared('cached read, kept alive, p50 / bare node:http', 'µs', p50, budget),
    absolute('cached read, kept alive, p99', 'µs', p99.value),
  ];
}

async function overNewConnections({ subject, peer }: Questions): Promise<Measurement[]> {
  const contest = { subject: () => readOnce(subject), peer: () => readOnce(peer) };
  const { p50, p99 } = await distribution(contest, connecting);
  return [
    compared('cached read, new connection, p50 / bare node:http', 'µs', p50),
    absolute('cached read, new connection, p99', 'µs', p99.value),
  ];
}
