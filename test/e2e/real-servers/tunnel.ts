import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { TunnelEnd } from '../../../core/connection/target.ts';

/** Forwards a loopback port to another one, as `ssh -L` does. */
export async function openTunnel(port: number): Promise<TunnelEnd & { close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
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
