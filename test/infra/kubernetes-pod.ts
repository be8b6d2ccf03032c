import { createHash } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { anAnswer } from '../builders/answers.ts';
import { aServer, json, portOf, type TestServer } from '../unit/clients/api-client/a-server.ts';
import { processUid, strangeUid } from './restricted-process.ts';

/** The volumes of a pod, as folders of this machine. */
export interface PodVolumes {
  readonly connections: string;
  readonly identity: string;
  readonly program: string;
}

/** Empty volumes that belong to the pod's user, and a token of kubelet's in the one for it. */
export async function podVolumes(): Promise<PodVolumes> {
  const pod = await mkdtemp(join(tmpdir(), 'tokenvend-pod-'));
  onTestFinished(() => rm(pod, { recursive: true, force: true }));
  const volumes = {
    connections: join(pod, 'connections'),
    identity: join(pod, 'identity'),
    program: join(pod, 'program'),
  };
  for (const folder of [pod, ...Object.values(volumes)]) {
    await mkdir(folder, { recursive: true });
    await giveToProcess(folder);
  }
  const token = join(volumes.identity, 'token');
  await writeFile(token, 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln', { mode: 0o600 });
  await giveToProcess(token);
  return volumes;
}

async function giveToProcess(path: string): Promise<void> {
  if (processUid === strangeUid) await chown(path, strangeUid, strangeUid);
}

/** An API that vends what was asked for, good from now on, and the CA that belongs to it. */
export async function aVendingApi(): Promise<TestServer> {
  const pem = await readFile('certificates/eu-west-1.pem', 'utf8');
  const sha256 = createHash('sha256').update(pem).digest('hex');
  const answer = anAnswer({ at: new Date() });
  const vended = { ...answer, tls: { ...answer.tls, ca: { ...answer.tls.ca, sha256 } } };
  return aServer((response, { url }) => {
    if (url === '/v1/tokens') return json(response, 200, vended);
    response.writeHead(200, { 'content-type': 'application/x-pem-file' }).end(pem);
  });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}
