import type { IncomingMessage } from 'node:http';
import { idleConnections } from './idle-connections.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends a body. `undefined` where there was no whole answer in time: one that breaks off is none. */
export type Post = (
  headers: Record<string, string>,
  body: string,
) => Promise<HttpAnswer | undefined>;

/**
 * Posts to one address over connections that stay open. Not `fetch`, whose first use costs a cold start
 * 20 ms; and what it takes instead is loaded with the first request, as the SDK does it too, since an
 * import of `node:http` costs about as much.
 */
export function createPost(url: URL, timeoutMs: number, clock: () => Date): Post {
  const opener = lazily(() => openerFor(url, clock));
  return async (headers, body) => {
    const open = await opener();
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const request = open({ headers, signal }, (response) => {
        wholeOf(response).then(resolve, () => resolve(undefined));
      });
      request.on('error', () => resolve(undefined));
      request.end(body);
    });
  };
}

async function openerFor(url: URL, clock: () => Date) {
  const isPlain = url.protocol === 'http:';
  const { Agent, request } = await (isPlain ? import('node:http') : import('node:https'));
  const agent = new Agent({ keepAlive: true });
  const beforeUse = idleConnections(clock, () => agent.destroy());
  return (
    options: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
    onAnswer: (response: IncomingMessage) => void,
  ) => {
    beforeUse();
    return request(url, { ...options, method: 'POST', agent }, onAnswer);
  };
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Rejects where the connection ends before the body does. */
async function wholeOf(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
}
