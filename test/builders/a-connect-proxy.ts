import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { KeyedCertificate } from '../../local/pki.ts';
import { portOf } from '../unit/clients/api-client/a-server.ts';

/** A proxy on loopback, closed when the test is over. */
export interface ConnectProxy {
  /** `host:port`. */
  readonly address: string;
  /** What it was asked for, in order. */
  readonly asked: readonly Asked[];
  /** All that clients sent through its tunnels: what its owner could read. */
  readonly carried: () => string;
  /** Connections that clients have open to it. */
  readonly open: number;
}

interface Asked {
  readonly authority: string | undefined;
  readonly host: string | undefined;
  readonly authorization: string | undefined;
}

export interface ConnectProxyOptions {
  /** The port on loopback where its tunnels end, whatever host they are asked for. */
  readonly leadsTo?: number;
  /** Instead of a tunnel. */
  readonly refusesWith?: number;
  /** Sent with the tunnel, as if its far end had spoken first. */
  readonly early?: string;
  /** Takes the request and says nothing. */
  readonly isSilent?: boolean;
  /** Makes it a proxy that speaks TLS. */
  readonly certificate?: KeyedCertificate;
}

/** A real CONNECT proxy (RFC 9110 section 9.3.6), which knows one destination. */
export async function aConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const asked: Asked[] = [];
  const carried: Buffer[] = [];
  const open = new Set<Duplex>();
  const server = serverOf(options);
  server.on('connection', (socket: Duplex) => {
    open.add(socket.on('error', () => undefined).on('close', () => open.delete(socket)));
  });
  server.on('connect', ({ url, headers }: IncomingMessage, socket: Duplex) => {
    const { host, 'proxy-authorization': authorization } = headers;
    asked.push({ authority: url, host, authorization });
    socket.on('error', () => undefined);
    if (options.isSilent) return void socket.on('end', () => socket.end()).resume();
    if (options.refusesWith !== undefined) {
      socket.end(`HTTP/1.1 ${options.refusesWith} No\r\n\r\n`);
      return;
    }
    socket.on('data', (chunk: Buffer) => carried.push(chunk));
    joinTo(options, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  // Certificates here are for names.
  const host = options.certificate === undefined ? '127.0.0.1' : 'localhost';
  return {
    address: `${host}:${portOf(server.address())}`,
    asked,
    carried: () => Buffer.concat(carried).toString('latin1'),
    get open() {
      return open.size;
    },
  };
}

function joinTo({ leadsTo = 9, early = '' }: ConnectProxyOptions, socket: Duplex): void {
  const onward = connect(leadsTo, '127.0.0.1');
  onward.on('error', () => socket.destroy());
  socket.on('close', () => onward.destroy());
  socket.write(`HTTP/1.1 200 Connected\r\n\r\n${early}`);
  socket.pipe(onward).pipe(socket);
}

/** Plain requests are refused, so that no test passes without a tunnel. */
function serverOf({ certificate }: ConnectProxyOptions) {
  const refuse: RequestListener = (_request, response) => response.writeHead(405).end();
  return certificate === undefined
    ? createServer(refuse)
    : createTlsServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem }, refuse);
}
