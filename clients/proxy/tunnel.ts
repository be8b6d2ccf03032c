import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { ClientError } from '../api-client/client-error.ts';
import type { HttpProxy } from './http-proxy.ts';

/** How long a proxy may be silent before it has connected. Milliseconds; most calls give up earlier. */
const longestSilenceMs = 30_000;

/**
 * Asks a proxy for a connection to a host (CONNECT, RFC 9110 section 9.3.6). What goes through it
 * afterwards is TLS with that host, so the proxy learns its name and port, and no token.
 *
 * Rejects with `ClientError` `proxy-unauthenticated`, `proxy-refused`, `proxy-unreachable`.
 */
export function openTunnel(
  proxy: HttpProxy,
  destination: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  const { host, port } = destination;
  const { isIPv6 } = process.getBuiltinModule('node:net');
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const asking = ask(proxy, authority, signal);
    asking.on('connect', ({ statusCode = 0 }, socket: Socket, early) => {
      // Bytes that come before our TLS begins are not the host's.
      if (isSuccess(statusCode) && early.length === 0) return resolve(quiet(socket));
      socket.destroy();
      reject(refusal(statusCode));
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => reject(new ClientError('proxy-unreachable')));
    asking.end();
  });
}

function ask(proxy: HttpProxy, authority: string, signal: AbortSignal): ClientRequest {
  const { url, authorization } = proxy;
  const options = {
    method: 'CONNECT',
    path: authority,
    agent: false,
    timeout: longestSilenceMs,
    signal,
    headers: { host: authority, ...(authorization && { 'proxy-authorization': authorization }) },
  };
  return url.protocol === 'https:'
    ? process.getBuiltinModule('node:https').request(url, { ...options, ...tlsOf(url) })
    : process.getBuiltinModule('node:http').request(url, options);
}

/** Both said, so that neither NODE_TLS_REJECT_UNAUTHORIZED=0 nor `host`, which is the API's, decides. */
function tlsOf({ hostname }: URL) {
  const { isIP } = process.getBuiltinModule('node:net');
  const isAddress = hostname.startsWith('[') || isIP(hostname) !== 0;
  // SNI holds no addresses (RFC 6066 section 3); without it Node verifies what it dials.
  return { rejectUnauthorized: true, servername: isAddress ? '' : hostname };
}

const isSuccess = (status: number): boolean => status >= 200 && status <= 299;

const refusal = (status: number): ClientError =>
  new ClientError(status === 407 ? 'proxy-unauthenticated' : 'proxy-refused', { status });

/** Errors of a socket below TLS are TLS's to report; one that nobody listened to would end the process. */
function quiet(socket: Socket): Socket {
  socket.setTimeout(0);
  return socket.on('error', () => undefined);
}
