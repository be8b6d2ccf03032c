import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ApiAnswer, ApiRequest } from './api-answer.ts';

export interface ApiServer {
  /** `host:port`, as in `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Hangs up on everybody who waits for an event, too. */
  close(): Promise<void>;
}

/** Serves on a loopback port of the system's choice. Answers may take for ever. */
export async function serveApi(
  handle: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>,
): Promise<ApiServer> {
  const server = createServer((incoming, outgoing) => {
    answer(handle, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('not a TCP listener');
  return {
    address: `127.0.0.1:${bound.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  handle: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const headers = Object.entries(incoming.headers).map(
    ([name, value]) => [name, `${value}`] as const,
  );
  const {
    status,
    headers: answered,
    body,
  } = await handle({
    method: incoming.method ?? 'GET',
    path: new URL(incoming.url ?? '/', 'http://local').pathname,
    headers: new Map(headers),
    body: await text(incoming),
  });
  outgoing.writeHead(status, { ...answered, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}
