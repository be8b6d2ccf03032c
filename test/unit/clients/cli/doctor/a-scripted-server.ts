import type { Duplex } from 'node:stream';
import { duplexPair } from 'node:stream';

/** What a server that plays a part received, packet by packet. */
export interface ScriptedServer {
  readonly stream: Duplex;
  readonly received: Buffer[];
}

/** A server that answers each piece it receives with the next of its lines. */
export function aScriptedServer(lines: readonly Buffer[]): ScriptedServer {
  const [stream, server] = duplexPair();
  const received: Buffer[] = [];
  const left = [...lines];
  server.on('data', (chunk: Buffer) => {
    received.push(chunk);
    const line = left.shift();
    if (line !== undefined) server.write(line);
    else if (received.length > lines.length) server.end();
  });
  return { stream, received };
}
