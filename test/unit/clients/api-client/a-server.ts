import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it came off the socket. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface TestServer {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Connections ever opened, and those open now. */
  readonly connections: { opened: number; readonly open: Set<Socket> };
}

/** Answers the n-th request (from 0). */
export type Script = (response: Parameters<RequestListener>[1], seen: Seen, n: number) => void;

/** A real server on a free loopback port, closed when the test is over. */
export async function aServer(script: Script): Promise<TestServer> {
  const seen: Seen[] = [];
  const connections = { opened: 0, open: new Set<Socket>() };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks) };
    seen.push(one);
    script(response, one, seen.length - 1);
  });
  server.on('connection', (socket) => {
    connections.opened++;
    connections.open.add(socket);
    socket.on('close', () => connections.open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${portOf(server.address())}`, seen, connections };
}

/** An address on which nobody listens. */
export async function aClosedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Answers with JSON. */
export function json(
  response: Parameters<RequestListener>[1],
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
