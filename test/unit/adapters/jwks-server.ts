import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface JwksServer {
  readonly url: string;
  /** Requests seen so far. */
  readonly requests: () => number;
}

/** A real server on a free loopback port, closed when the test is over. */
export async function aServer(listener: RequestListener): Promise<JwksServer> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = portOf(server.address());
  return { url: `http://127.0.0.1:${port}/jwks`, requests: () => requests };
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address;
}
