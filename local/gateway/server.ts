import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HttpAnswer, maxPayloadBytes } from './gateway.ts';
import type { ReceivedRequest } from './proxy-event.ts';

export interface GatewayServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `handle` on a loopback port of the system's choice, or on `port`. */
export async function serveGateway(options: {
  readonly handle: (request: ReceivedRequest) => Promise<HttpAnswer>;
  readonly clock: () => Date;
  readonly port?: number;
}): Promise<GatewayServer> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, options).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: Parameters<typeof serveGateway>[0],
): Promise<void> {
  const requestId = randomUUID();
  const { status, headers, body } = await options.handle({
    requestId,
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    rawHeaders: pairs(incoming.rawHeaders),
    body: await readBody(incoming),
    sourceIp: incoming.socket.remoteAddress ?? '',
    receivedAt: options.clock(),
  });
  outgoing.writeHead(status, { 'x-amzn-RequestId': requestId, ...headers });
  outgoing.end(body);
}

/** Stops collecting just past the limit: the gateway refuses the rest unseen. */
async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (bytes <= maxPayloadBytes) chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function pairs(flat: readonly string[]): (readonly [string, string])[] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? ''] as const] : []));
}
