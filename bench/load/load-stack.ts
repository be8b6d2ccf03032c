import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { kubernetesClaims } from '../../local/issuer/claims.ts';
import { runningParts } from '../../local/running-parts.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { type HttpCall, type HttpClient, mustSucceed, openClient } from './http-client.ts';

/** The local stack, in which any number of pods may open `orders`, each of them a caller of its own. */
export interface LoadStack extends Stack {
  /** Requests for a token by so many callers whom nothing knows yet, each with a JWT of its own. */
  newcomers(count: number): Promise<readonly HttpCall[]>;
  client(connections: number): HttpClient;
}

/** Starts it without a database, and without throttles: they are API Gateway's, and not what is measured. */
export async function openLoadStack(): Promise<LoadStack> {
  const parts = runningParts();
  const directory = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  try {
    const throttle = { perSecond: 1_000_000, burst: 1_000_000 };
    const options = { directory, throttle, startDatabase: noDatabase, auditStream: nowhere };
    const stack = await parts.add(startStack(options));
    const clients: HttpClient[] = [];
    let known = 0;
    const load: LoadStack = {
      ...stack,
      async newcomers(count) {
        const first = known;
        known += count;
        return Promise.all(Array.from({ length: count }, (_, at) => vendOf(stack, first + at)));
      },
      client(connections) {
        const client = openClient(stack.apiUrl, connections);
        clients.push(client);
        return client;
      },
      async close() {
        for (const client of clients) client.close();
        await parts.close();
        await rm(directory, { recursive: true, force: true });
      },
    };
    await admitPods(load);
    return load;
  } catch (error) {
    await parts.close();
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

/** What any of those requests asks for. */
const body = JSON.stringify({ database: 'orders', user: 'orders_app' });

async function vendOf({ issuers, audience }: Stack, pod: number): Promise<HttpCall> {
  const serviceAccount = `pod-${pod}`;
  const claims = kubernetesClaims({ namespace: 'load', serviceAccount, audience });
  const jwt = await issuers.kubernetes.issue(claims, { expiresInSeconds: 3600 });
  return {
    method: 'POST',
    path: '/v1/tokens',
    headers: { authorization: `Bearer ${jwt}` },
    body,
  };
}

/** Rewrites the registry, and waits until the functions have seen it: a second, as they look. */
async function admitPods(stack: LoadStack): Promise<void> {
  const before = await readFile(stack.registryFile, 'utf8');
  const member =
    '      load-pods: { issuer: prod-cluster, subject: "system:serviceaccount:load:*" }';
  const after = before
    .replace(/^ {4}members:$/m, (line) => `${line}\n${member}`)
    .replace(
      'orders_app:    { members: [payments/api-pods] }',
      'orders_app: { teams: [payments] }',
    );
  await writeFile(stack.registryFile, after);
  const client = stack.client(1);
  const [one] = await stack.newcomers(1);
  if (one === undefined) throw new Error('nobody to ask');
  for (let tries = 0; tries < 50; tries++) {
    if ((await client.send(one)) === 200) return;
    await pause(100);
  }
  await mustSucceed(client, one);
}

/** Audit records cost what they cost to make; a file would add a disk. */
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

const noDatabase = async () => ({
  port: 5432,
  folder: '',
  refusals: [],
  query: () => Promise.reject(new Error('this stack has no database')),
  close: async () => undefined,
});
