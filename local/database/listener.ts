import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { KeyedCertificate } from '../pki.ts';
import { type LoginDependencies, login } from './login.ts';
import { negotiate } from './negotiation.ts';

export interface ListenerOptions extends LoginDependencies {
  readonly certificate: KeyedCertificate;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** For each of the three stages up to the login's end. PostgreSQL's `authentication_timeout` is a minute. */
  readonly handshakeTimeoutMs?: number;
  /** Connections at once, logged in or not; more are hung up on. */
  readonly maxConnections?: number;
}

export interface Listener {
  readonly port: number;
  /** Hangs up on every client. Resolves when the port is free. */
  close(): Promise<void>;
}

const defaultHandshakeTimeoutMs = 60_000;
const defaultMaxConnections = 200;

/**
 * What stands in front of an RDS instance: on loopback, refuses plain connections, starts TLS the
 * PostgreSQL way, asks for the token as a clear-text password, and joins the session with the server.
 */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const timeoutMs = options.handshakeTimeoutMs ?? defaultHandshakeTimeoutMs;
  const sockets = new Set<Socket>();
  const encrypted = tlsServer(options.certificate, timeoutMs).on('secureConnection', (client) => {
    client.on('error', () => {});
    runWithin(timeoutMs, client, () => login(options, client));
  });
  const plain = createServer((socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    socket
      .on('error', () => {})
      .setNoDelay()
      .setKeepAlive(true);
    runWithin(timeoutMs, socket, async () => {
      const next = await negotiate(socket, options.backendPath);
      if (next === 'encrypt') encrypted.emit('connection', socket);
    });
  });
  plain.maxConnections = options.maxConnections ?? defaultMaxConnections;
  return { port: await bind(plain, options.port ?? 0), close: () => hangUp(plain, sockets) };
}

/** Never listens itself: connections are handed to it once the client has been told to encrypt. */
function tlsServer(certificate: KeyedCertificate, handshakeTimeout: number): TlsServer {
  return createTlsServer({
    cert: certificate.certificatePem,
    key: certificate.privateKeyPem,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['postgresql'],
    handshakeTimeout,
  }).on('tlsClientError', (_error, socket) => socket.destroy());
}

/** Ends a connection whose stage fails or takes too long: a silent client holds nothing for ever. */
function runWithin(timeoutMs: number, socket: Socket, stage: () => Promise<void>): void {
  const deadline = setTimeout(() => socket.destroy(), timeoutMs);
  stage()
    .catch(() => socket.destroy())
    .finally(() => clearTimeout(deadline));
}

async function bind(server: Server, wishedPort: number): Promise<number> {
  server.listen(wishedPort, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP listener');
  return address.port;
}

async function hangUp(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  for (const socket of sockets) socket.destroy();
  await closed;
}
