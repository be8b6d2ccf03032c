import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiClient } from '../../clients/api-client/api-client.ts';
import { createLog } from '../../layers/extension/log.ts';
import { createOwnFolder } from '../../layers/extension/own-folder.ts';
import { startService } from '../../layers/extension/service.ts';
import { nightlyCredentials } from '../../local/callers.ts';
import { region } from '../../local/organization.ts';
import { type RunningPart, runningParts } from '../../local/running-parts.ts';
import { compared, type Measurement } from '../measurement.ts';
import { inTurn, timePerCall } from './at-once.ts';
import { type HttpCall, mustSucceed, openClient } from './http-client.ts';
import type { LoadStack } from './load-stack.ts';

/** Twice a bare server's work is the budget of one reader at a time; here 64 wait for each other too. */
const budget = 3;

const readers = 64;
const crowd = { calls: 3_200, atOnce: readers };
const rounds = 7;

/** What requests to the service must carry. */
const token = 'an-AWS_SESSION_TOKEN-of-a-function-that-is-not-there'.padEnd(1_000, '.');

const read: HttpCall = {
  path: '/v1/tokens?database=orders&user=orders_batch',
  headers: { 'x-tokenvend-token': token },
};

/** The extension's server with 64 requests under way, in this process, against one that does nothing. */
export async function measureExtensionReads(stack: LoadStack): Promise<Measurement> {
  const parts = runningParts();
  try {
    const service = await parts.add(startExtensionServer(stack));
    const answer = await (await fetch(`${service.url}${read.path}`, read)).text();
    const bare = await parts.add(startBareServer(answer));
    const figures = await inTurn({ subject: saturating(service), peer: saturating(bare) }, rounds);
    return compared('extension, 64 reads at once / bare node:http', 'µs', figures, budget);
  } finally {
    await parts.close();
  }
}

interface Server extends RunningPart {
  readonly url: string;
}

function saturating({ url }: Server): () => Promise<number> {
  return async () => {
    const client = openClient(url, readers);
    try {
      return await timePerCall(() => mustSucceed(client, read), crowd);
    } finally {
      client.close();
    }
  };
}

async function startExtensionServer(stack: LoadStack): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  const clock = (): Date => new Date();
  const credentials = async () => nightlyCredentials(stack);
  const service = await startService(
    {
      api: createApiClient({
        urls: [stack.apiUrl],
        auth: { kind: 'iam', region, credentials },
        clock,
        client: { name: 'bench', version: '0.0.0' },
      }),
      clock,
      monotonicMs: () => performance.now(),
      random: Math.random,
      ids: () => randomUUID(),
      folder: createOwnFolder(join(directory, 'extension')),
      log: createLog({ level: 'WARN', clock, write: (line) => process.stderr.write(line) }),
    },
    { settings: settingsFor(stack), token, isSnapshot: false },
  );
  return {
    url: `http://127.0.0.1:${service.server.port}`,
    async close() {
      await service.server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const settingsFor = ({ apiUrl }: LoadStack) => ({
  apiUrls: [apiUrl] as const,
  prefetch: [],
  team: undefined,
  port: 0,
  minTtlSeconds: 60,
  timeoutMs: 3_000,
});

async function startBareServer(answer: string): Promise<Server> {
  const headers = { 'content-type': 'application/json', 'content-length': answer.length };
  const server = createServer((_request, response) => response.writeHead(200, headers).end(answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP listener');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
