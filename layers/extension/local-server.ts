import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HeldPort } from './held-port.ts';
import { type LocalAnswer, problemAnswer } from './local-answer.ts';
import type { LocalRequest } from './local-api.ts';

export interface LocalServerOptions {
  /** Where to listen; taken over. */
  readonly port: HeldPort;
  /** Never rejects. */
  readonly api: (request: LocalRequest) => Promise<LocalAnswer>;
  readonly ids: () => string;
  readonly limits?: Partial<ServerLimits>;
}

/** What a client may use up. */
export interface ServerLimits {
  /**
   * How long a request may take to arrive; milliseconds. A client that sends a byte a second is cut off
   * as well.
   */
  readonly requestTimeoutMs: number;
  /** How long a connection may be idle that has been let in; milliseconds. */
  readonly idleTimeoutMs: number;
  readonly maxConnections: number;
  readonly maxHeaderBytes: number;
}

const defaultLimits: ServerLimits = {
  requestTimeoutMs: 5_000,
  // Longer than Lambda keeps a frozen environment: closing an idle connection just as a thawed function
  // uses it is an ECONNRESET that pools of connections do not survive.
  idleTimeoutMs: 3_600_000,
  // Lambda allows 1,024 descriptors (Lambda quotas); some are for the API, files and pipes.
  maxConnections: 1_000,
  // A session token has 1 to 4 KB and comes in one header.
  maxHeaderBytes: 16_384,
};

export interface LocalServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the port, beginning with the connections that came while it was held. */
export function startLocalServer(options: LocalServerOptions): LocalServer {
  const { port, api, ids } = options;
  const server = serverWith({ ...defaultLimits, ...options.limits });
  // Answered like everything else; Node's own answer has no body.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuseGarbage(error, socket, ids());
  });
  server.on('request', (incoming, outgoing) => void respond(api, incoming, outgoing));
  port.handTo(server);
  return { port: port.port, close: () => closed(server) };
}

function serverWith(limits: ServerLimits): Server {
  const server = createServer({
    headersTimeout: limits.requestTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(limits.requestTimeoutMs / 2),
    keepAliveTimeout: limits.idleTimeoutMs,
    maxHeaderSize: limits.maxHeaderBytes,
    // We check the Host header ourselves, and answer in our own form.
    requireHostHeader: false,
  });
  limitConnections(server, limits.maxConnections);
  return server;
}

/**
 * Counts connections itself: `server.maxConnections` does not see those that came while the port was
 * held.
 */
function limitConnections(server: Server, maxConnections: number): void {
  let open = 0;
  server.on('connection', (socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
    if (open > maxConnections) socket.destroy();
  });
}

async function respond(
  handle: (request: LocalRequest) => Promise<LocalAnswer>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = '', url: target = '', headers } = incoming;
  const answer = await handle({ method, target, headers });
  const length = String(Buffer.byteLength(answer.body));
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': length });
  outgoing.end(answer.body);
}

function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex, requestId: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = problemAnswer('INVALID_REQUEST', { requestId });
  const fields = { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Bad Request\r\n${lines.join('')}\r\n${body}`);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
