import type { Server as HttpServer } from 'node:http';
import { BoundSocket, createServer, type Server, type Socket } from 'node:net';

/**
 * A port of 127.0.0.1 that accepts connections before a server exists to serve them. They are not read
 * until then: a function that asks early waits, where it would otherwise be refused.
 */
export interface HeldPort {
  readonly port: number;
  /** Gives the port away for good, with the connections that have come in meanwhile. To be called once. */
  handTo(server: HttpServer): void;
}

/**
 * Listens by `node:net` alone. Loading `node:http` takes three milliseconds, which the function would
 * wait for.
 *
 * @param port 0 for any that is free.
 * @throws Error The system's own: `EADDRINUSE`, `EACCES`.
 */
export async function holdPort(port: number, listen = quickestListen): Promise<HeldPort> {
  // An HTTP server sets TCP_NODELAY on its connections; these early ones become connections of one.
  const holder = createServer({ pauseOnConnect: true, noDelay: true });
  const early: Socket[] = [];
  holder.on('connection', (socket) => early.push(socket));
  await listening(holder, () => listen(holder, port));
  const address = holder.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    handTo(server) {
      // The HTTP server takes over the listening socket, and with it the time limits for all
      // connections.
      server.listen(holder, backlog, () => {
        for (const socket of early.splice(0)) {
          server.emit('connection', socket);
          socket.resume();
        }
      });
    },
  };
}

const host = '127.0.0.1';

/** Connections that may wait to be accepted: as many as Node lets wait by itself. */
const backlog = 511;

/** Begins to listen. Throws, or has the server emit, the system's error. */
export type Listen = (server: Server, port: number) => void;

/**
 * Works on every Node. Because it names a host, Node loads its resolver and compiles an expression for
 * IPv6 addresses.
 */
export const listenOnAddress: Listen = (server, port) => server.listen({ host, port, backlog });

/** Takes four milliseconds less; needs Node 24.19 or newer. */
export const listenOnBoundSocket: Listen = (server, port) =>
  server.listen(new BoundSocket({ host, port }), backlog);

const quickestListen = typeof BoundSocket === 'function' ? listenOnBoundSocket : listenOnAddress;

function listening(server: Server, listen: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    listen();
  });
}
