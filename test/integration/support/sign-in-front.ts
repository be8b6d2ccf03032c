import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { region } from '../../../local/organization.ts';

/** An API whose `/v1/config` is the test's; all else is answered by the one behind it. */
export interface SignInFront {
  readonly url: string;
  close(): void;
}

export async function startSignInFront(
  apiUrl: string,
  config: { readonly audience: string; readonly signIn: unknown },
): Promise<SignInFront> {
  const server = createServer((request, response) => {
    if (request.url === '/v1/config') {
      return json(response, 200, JSON.stringify({ version: 'local', region, ...config }));
    }
    void pass(request, response, apiUrl);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  apiUrl: string,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { authorization = '' } = request.headers;
  const answer = await fetch(`${apiUrl}${request.url}`, {
    method: request.method ?? 'GET',
    headers: { authorization, 'content-type': 'application/json' },
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
  const type = answer.headers.get('content-type') ?? '';
  response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
}

function json(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
