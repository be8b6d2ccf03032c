import { type IncomingMessage, request, type Server } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { HeldPort } from '../../../layers/extension/held-port.ts';

/** A port of a machine that is simulated: real HTTP, on both sides, over streams in memory. */
export interface MemoryPort extends HeldPort {
  /** Asks whoever serves it. Rejects where nobody does, or when it is severed. */
  get(path: string, headers: Readonly<Record<string, string>>): Promise<MemoryAnswer>;
  /** Ends all connections, as the end of the process does. */
  sever(): void;
}

export interface MemoryAnswer {
  readonly status: number;
  readonly body: string;
}

/** As the extension has it by default; nobody listens on it. */
const number = 2777;

export function createMemoryPort(): MemoryPort {
  const open = new Set<Duplex>();
  let server: Server | undefined;

  const connect = (): Duplex => {
    const [near, far] = duplexPair();
    open.add(near.on('close', () => open.delete(near)));
    if (server === undefined) near.destroy(new Error('nobody serves the port'));
    else server.emit('connection', far);
    return near;
  };

  return {
    port: number,
    handTo(given) {
      server = given;
    },
    async get(path, headers) {
      const host = `127.0.0.1:${number}`;
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = { path, headers: { ...headers, host }, createConnection: connect };
        request(options, resolve).on('error', reject).end();
      });
      return { status: answer.statusCode ?? 0, body: await text(answer) };
    },
    sever() {
      server = undefined;
      for (const socket of open) socket.destroy(new Error('the process is no more'));
    },
  };
}
