import { createApiClient } from '../../../clients/api-client/api-client.ts';
import type { AwsCredentials } from '../../../clients/api-client/aws-credentials.ts';
import { parseAnswer } from '../../../clients/api-client/parse-answer.ts';
import type { TokenRequest } from '../../../clients/api-client/token-request.ts';
import { extensionAnswerMs, heldMs } from '../../../clients/api-client/waits.ts';
import type { VendAnswer } from '../../../core/vend-answer.ts';
import { createLog } from '../../../layers/extension/log.ts';
import type { OwnFolder } from '../../../layers/extension/own-folder.ts';
import { startService } from '../../../layers/extension/service.ts';
import type { Violations } from '../laws/violations.ts';
import { apiUrl } from '../world/editions.ts';
import type { Client, ClientDependencies } from './client.ts';
import { createMemoryPort, type MemoryPort } from './memory-port.ts';
import { guardSnapshot } from './snapshot.ts';

export interface ExtensionDependencies extends Omit<ClientDependencies, 'identity'> {
  readonly violations: Violations;
  readonly ids: () => string;
  readonly credentials: AwsCredentials;
  /** Whether it is started for a snapshot, which is restored at its first sign of life. */
  readonly isSnapshot: boolean;
  /** A defect: it does not know. */
  readonly overlooksSnapshots: boolean;
}

/** One attempt at one address, as the extension's settings have it by default. */
const reach = { addresses: 1, timeoutMs: 3_000 };
/** Between two looks at a clock. */
const slackMs = 50;

/** What requests must carry. */
const token = 'made up: the session token of a function that is simulated';

/** The extension behind its own HTTP server, and a function that asks it. Only its port is simulated. */
export function startExtension(deps: ExtensionDependencies, request: TokenRequest): Client {
  const { name, machine, uses, isSnapshot, ids, credentials } = deps;
  const { clock, monotonicMs, random } = machine;
  const guard = guardSnapshot(deps);
  const auth = { kind: 'iam', credentials: async () => credentials } as const;
  const client = { name: 'extension', version: '0.0.0' };
  const { timeoutMs } = reach;
  const { connections } = guard;
  const api = createApiClient({ urls: [apiUrl], auth, timeoutMs, clock, client, connections });
  const log = createLog({ level: 'ERROR', clock, write: () => undefined });
  const port = createMemoryPort();
  const { vending } = startService(
    { api, clock, monotonicMs, random, ids, folder: folderInMemory(), log },
    {
      settings: settingsFor(request),
      port,
      token,
      isSnapshot: isSnapshot && !deps.overlooksSnapshots,
    },
  );
  vending.start();
  let isInit = isSnapshot;
  const invoke = (): void => {
    guard.invoked();
    vending.invoked();
  };
  const limitMs = (isSnapshot ? extensionAnswerMs(reach) : heldMs(reach)) + slackMs;
  return {
    name,
    use(fresh) {
      guard.look();
      return uses.watch(name, limitMs, () => ask(port, { ...request, fresh }));
    },
    tick() {
      // The first is the function's init, in which its code may ask already.
      if (isInit) isInit = false;
      else invoke();
    },
    look() {
      guard.look();
      vending.refresh();
    },
    kill() {
      connections.sever();
      port.sever();
    },
  };
}

const settingsFor = (request: TokenRequest) => ({
  apiUrls: [apiUrl] as const,
  prefetch: [request],
  team: undefined,
  minTtlSeconds: 60,
  timeoutMs: reach.timeoutMs,
});

/** As a function does. @throws Error for any answer but a token. */
async function ask(port: MemoryPort, { database, user = '', fresh }: TokenRequest) {
  const query = new URLSearchParams({
    database,
    user,
    ...(fresh === true ? { fresh: 'true' } : {}),
  });
  const { status, body } = await port.get(`/v1/tokens?${query}`, { 'x-tokenvend-token': token });
  if (status !== 200) throw new Error(`answered with ${status}`);
  const answer: VendAnswer = parseAnswer(body);
  return answer;
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
