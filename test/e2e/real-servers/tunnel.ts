import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { TunnelEnd } from '../../../core/connection/target.ts';

/** Forwards a loopback port to another one, as `ssh -L` does; any free port at 127.0.0.1 unless told. */
export async function openTunnel(
  port: number,
  near: TunnelEnd = { host: '127.0.0.1', port: 0 },
): Promise<TunnelEnd & { close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.pipe(far).pipe(near);
  }).listen(near.port, near.host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP listener');
  return {
    host: address.address,
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
