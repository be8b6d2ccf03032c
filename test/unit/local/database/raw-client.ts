import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { passwordMessage, sslRequest, startupPacket } from './packets.ts';

/** A client that sends exactly the bytes it is told to. */
export interface RawClient {
  readonly socket: Socket;
  send(...packets: readonly Buffer[]): void;
  /** Exactly this many bytes. */
  read(length: number): Promise<Buffer>;
  /** All until the server hangs up. */
  rest(): Promise<Buffer>;
}

export async function openPlain(port: number): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return clientOf(socket);
}

/** Asks for TLS, gets it, and says nothing more. Which certificate it is does not matter here. */
export async function openEncrypted(port: number): Promise<RawClient> {
  const plain = await openPlain(port);
  plain.send(sslRequest);
  await plain.read(1);
  const socket = connectTls({ socket: plain.socket, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  return clientOf(socket);
}

/** Sends startup and password, and has read the server's request for the latter. */
export async function logIn(
  port: number,
  { parameters = { user: 'orders_app', database: 'orders' }, token = 'good' } = {},
): Promise<RawClient> {
  const client = await openEncrypted(port);
  client.send(startupPacket(parameters));
  await client.read(9);
  client.send(passwordMessage(token));
  return client;
}

function clientOf(socket: Socket): RawClient {
  // A reset is one of the ways to be hung up on.
  socket.on('error', () => {});
  return {
    socket,
    send: (...packets) => socket.write(Buffer.concat(packets)),
    read: (length) => readExactly(socket, length),
    rest: () => readAll(socket),
  };
}

async function readExactly(socket: Socket, length: number): Promise<Buffer> {
  for (;;) {
    const bytes: unknown = socket.read(length);
    if (Buffer.isBuffer(bytes)) return bytes;
    if (socket.destroyed || socket.readableEnded) throw new Error('hung up');
    await new Promise((resolve) => socket.once('readable', resolve).once('close', resolve));
  }
}

function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('close', () => resolve(Buffer.concat(chunks)));
  });
}
