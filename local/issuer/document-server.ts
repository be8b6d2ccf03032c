import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type Fault, withFault } from './faults.ts';

/** Serves a few JSON documents on loopback, counts who reads them, and misbehaves on request. */
export interface DocumentServer<Name extends string> {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  /** Requests so far, faulty answers included. */
  fetchCount(name: Name): number;
  /** Applies to the document until called again; without a fault it is well again. */
  misbehave(name: Name, fault?: Fault): void;
  /** Hangs up on readers, hanging ones too. May be called again. */
  close(): Promise<void>;
}

export interface ServedDocument {
  /** Compared with the request target as it came. */
  readonly path: string;
  /** Asked at each request. `url` is the server's own. */
  readonly content: (url: string) => unknown;
}

/** `port` 0 is any free one. */
export async function serveDocuments<Name extends string>(
  documents: Readonly<Record<Name, ServedDocument>>,
  port: number,
): Promise<DocumentServer<Name>> {
  const fetches = new Map<string, number>();
  const faults = new Map<string, Fault>();
  const server = createServer();
  const url = await listen(server, port);
  server.on('request', answer(Object.entries<ServedDocument>(documents), { url, fetches, faults }));
  return {
    url,
    fetchCount: (name) => fetches.get(name) ?? 0,
    misbehave(name, fault) {
      if (fault === undefined) faults.delete(name);
      else faults.set(name, fault);
    },
    close: () => close(server),
  };
}

function answer(
  documents: readonly [string, ServedDocument][],
  state: {
    readonly url: string;
    readonly fetches: Map<string, number>;
    readonly faults: ReadonlyMap<string, Fault>;
  },
): RequestListener {
  return (request, response) => {
    const found = documents.find(([, { path }]) => path === request.url);
    if (found === undefined || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    const [name, { content }] = found;
    state.fetches.set(name, (state.fetches.get(name) ?? 0) + 1);
    withFault(state.faults.get(name), () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(content(state.url)));
    })(request, response);
  };
}

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP listener');
  return `http://127.0.0.1:${address.port}`;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
