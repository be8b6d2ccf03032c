import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AwsCredentials } from '../../local/callers.ts';
import type { Stack } from '../../local/stack.ts';
import { exchangeSigned } from '../integration/support/callers.ts';
import { exchange } from '../integration/support/http.ts';

/** In a request's `Authorization`: a signature is to take its place. */
export const toBeSigned = 'to-be-signed';

/** A server on loopback that signs what asks for it, and passes everything on to the API as it came otherwise. */
export async function serveSigning(
  stack: Stack,
  credentials: AwsCredentials,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    passOn(stack, credentials, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Not passed on: what each hop sets itself. */
const hopByHop = ['host', 'connection', 'content-length', 'transfer-encoding'];

async function passOn(
  stack: Stack,
  credentials: AwsCredentials,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: path = '/', rawHeaders } = request;
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  const headers = names
    .map((name, index) => [name, rawHeaders[index * 2 + 1] ?? ''] as const)
    .filter(([name, value]) => !hopByHop.includes(name.toLowerCase()) && value !== toBeSigned);
  const asked = { method, path, headers, body: await text(request) };
  const answer = await (request.headers.authorization === toBeSigned
    ? exchangeSigned(stack, credentials, asked)
    : exchange(stack.apiUrl, asked));
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !hopByHop.includes(name)) response.setHeader(name, value);
  }
  response.writeHead(answer.status).end(answer.text);
}
