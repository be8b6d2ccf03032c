import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';

/** Turns an open socket into a verified TLS connection. Rejects with Node's own error, whose `code` says why. */
export function secured(
  socket: Socket,
  by: { readonly caPem: string; readonly serverName: string; readonly timeoutMs: number },
): Promise<TLSSocket> {
  const { caPem: ca, serverName: servername, timeoutMs } = by;
  return new Promise((resolve, reject) => {
    const tls = connect({ socket, ca, servername, rejectUnauthorized: true });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      tls.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error('no TLS in time')), timeoutMs);
    // For good: a server that hangs up after the login, when nobody listens, must not end us.
    tls.on('error', fail);
    tls.once('secureConnect', () => {
      clearTimeout(timer);
      resolve(tls);
    });
  });
}
