import { createApiClient } from '../../../clients/api-client/api-client.ts';
import type { AwsCredentials } from '../../../clients/api-client/aws-credentials.ts';
import type { TokenRequest } from '../../../clients/api-client/token-request.ts';
import { createTokenCache } from '../../../clients/token-cache/token-cache.ts';
import { createAwakening } from '../../../layers/extension/awakening.ts';
import { createCaFiles } from '../../../layers/extension/ca-files.ts';
import { createCaSource } from '../../../layers/extension/ca-source.ts';
import { createLog } from '../../../layers/extension/log.ts';
import type { OwnFolder } from '../../../layers/extension/own-folder.ts';
import { createSnapshotGate } from '../../../layers/extension/snapshot-gate.ts';
import { vendWithCa } from '../../../layers/extension/vend-with-ca.ts';
import { createVending } from '../../../layers/extension/vending.ts';
import { apiUrl } from '../world/editions.ts';
import type { Client, ClientDependencies } from './client.ts';

/** The default timeout of one attempt, and how long layers/extension/service.ts holds a request by it. */
const timeoutMs = 3_000;
const holdMs = timeoutMs + 250;
const limitMs = holdMs + 50;

/** The extension without its local server: what layers/extension/service.ts puts together. */
export function startExtension(
  deps: Omit<ClientDependencies, 'identity'> & { readonly credentials: AwsCredentials },
  request: TokenRequest,
): Client {
  const { name, machine, connections, uses, credentials } = deps;
  const { clock, monotonicMs, random } = machine;
  const auth = { kind: 'iam', credentials: async () => credentials } as const;
  const client = { name: 'extension', version: '0.0.0' };
  const api = createApiClient({ urls: [apiUrl], auth, timeoutMs, clock, client, connections });
  const log = createLog({ level: 'ERROR', clock, write: () => undefined });
  const caFiles = createCaFiles({ folder: folderInMemory(), log });
  const { drop, longestCallMs } = api;
  const vend = vendWithCa({ api, caFiles, log });
  const times = { clock, monotonicMs };
  const vending = createVending({
    cache: createTokenCache({ api: { vend, drop, longestCallMs }, ...times, random }),
    fetchCa: createCaSource({ api, caFiles, monotonicMs }),
    sleep: createAwakening({ ...times, quietMs: longestCallMs }),
    gate: createSnapshotGate(false),
    prefetch: [request],
    holdMs,
    log,
  });
  vending.start();
  return {
    name,
    use: (fresh) =>
      uses.watch(name, limitMs, async () => (await vending.token({ ...request, fresh })).answer),
    tick: () => vending.invoked(),
    look: () => vending.refresh(),
    kill: () => connections.sever(),
  };
}

function folderInMemory(): OwnFolder {
  const files = new Map<string, number>();
  return {
    write(name, content) {
      files.set(name, Buffer.byteLength(content));
      return `/tmp/tokenvend/${name}`;
    },
    has: (name, bytes) => files.get(name) === bytes,
  };
}
