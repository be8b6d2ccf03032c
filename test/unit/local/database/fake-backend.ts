import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the listener takes for PostgreSQL's Unix socket: says `welcome`, and remembers what it was sent. */
export interface FakeBackend {
  readonly path: string;
  /** One per connection, in order, growing while it lasts. */
  readonly received: readonly Buffer[];
  /** Resolves when a connection has sent `length` bytes in all. */
  sent(length: number): Promise<Buffer>;
  /** The first connection, as soon as there is one. */
  connection(): Promise<Socket>;
  close(): Promise<void>;
}

export const welcome = Buffer.from('welcome');

export async function startFakeBackend(): Promise<FakeBackend> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-fake-'));
  const path = join(folder, 'socket');
  const received: Buffer[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const index = received.push(Buffer.alloc(0)) - 1;
    sockets.push(socket);
    socket.on('error', () => {}).write(welcome);
    socket.on('data', (bytes) => {
      received[index] = Buffer.concat([received[index] ?? Buffer.alloc(0), bytes]);
      server.emit('received');
    });
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    path,
    received,
    async sent(length) {
      for (;;) {
        const found = received.find((bytes) => bytes.length >= length);
        if (found !== undefined) return found;
        await once(server, 'received');
      }
    },
    async connection() {
      for (;;) {
        const [first] = sockets;
        if (first !== undefined) return first;
        await once(server, 'connection');
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
