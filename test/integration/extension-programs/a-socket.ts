import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection to a port of 127.0.0.1. Closed when the test ends. */
export async function aSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  // Refused connections are what some of these tests are about.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
