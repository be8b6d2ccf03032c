import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { anAnswer, host } from '../../builders/answers.ts';

/** A real bundle, so that TLS libraries can read it. */
export const pem = readFileSync('certificates/eu-west-1.pem', 'utf8');
const sha256 = createHash('sha256').update(pem).digest('hex');

export interface TokenApi {
  readonly url: string;
  /** Bodies of all requests for tokens so far. */
  readonly requests: readonly unknown[];
  /** `Authorization` headers of the same. */
  readonly authorizations: readonly string[];
  /** What comes next: a token after a while, or an answer without one. */
  behave(how: Behaviour): void;
}

export type Behaviour =
  | { readonly delayMs?: number; readonly lifeSeconds?: number }
  | { readonly status: number; readonly body?: string; readonly retryAfterSeconds?: number };

/**
 * The API as the extension calls it, on a loopback port, with tokens that nobody signed. Each has its
 * number as signature. Checks no signature: the stack's tests do.
 */
export async function aTokenApi(clock: () => Date = () => new Date()): Promise<TokenApi> {
  const requests: unknown[] = [];
  const authorizations: string[] = [];
  let behaviour: Behaviour = {};

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await text(incoming);
    if (incoming.method === 'GET') return send(outgoing, 200, 'application/x-pem-file', pem);
    requests.push(JSON.parse(body));
    authorizations.push(incoming.headers.authorization ?? '');
    const how = behaviour;
    if ('status' in how) {
      if (how.retryAfterSeconds !== undefined) {
        outgoing.setHeader('retry-after', how.retryAfterSeconds);
      }
      return send(outgoing, how.status, 'application/problem+json', how.body ?? '{}');
    }
    const issued = tokenAnswer(requests.length, clock(), how.lifeSeconds);
    await pause(how.delayMs ?? 0);
    send(outgoing, 200, 'application/json', issued);
  };

  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    authorizations,
    behave: (how) => {
      behaviour = how;
    },
  };
}

function tokenAnswer(mark: number, at: Date, lifeSeconds = 900): string {
  const tls = {
    mode: 'verify-full',
    serverName: host,
    ca: { bundle: 'eu-west-1', url: 'https://api.example.com/v1/ca/eu-west-1', sha256, pem },
  } as const;
  return JSON.stringify(anAnswer({ at, lifeSeconds, mark, tls }));
}

function send(outgoing: ServerResponse, status: number, type: string, body: string): void {
  outgoing.writeHead(status, { 'content-type': type }).end(body);
}

/** The number of the token in an answer of the extension's. */
export function numberOf(answer: string): number {
  return Number.parseInt(/X-Amz-Signature=([0-9a-f]{64})/.exec(answer)?.[1] ?? '', 16);
}
