import { connect, type Socket } from 'node:net';
import { rdsErrors } from './rds-errors.ts';
import { type FirstPacket, readFirstPacket } from './wire-protocol.ts';

/**
 * The part of a connection before encryption. Resolves to `encrypt` when the client was told to
 * start TLS; in every other case the connection has been answered and is over.
 */
export async function negotiate(socket: Socket, backendPath: string): Promise<'encrypt' | 'over'> {
  const first = await readFirstPacket(socket);
  if (first?.kind !== 'gss-request') return answer(socket, first, backendPath);
  if (socket.readableLength > 0) return refuse(socket, rdsErrors.bytesBeforeEncryption());
  socket.write('N');
  return answer(socket, await readFirstPacket(socket), backendPath);
}

async function answer(
  socket: Socket,
  packet: FirstPacket | undefined,
  backendPath: string,
): Promise<'encrypt' | 'over'> {
  switch (packet?.kind) {
    case 'ssl-request':
      if (socket.readableLength > 0) return refuse(socket, rdsErrors.bytesBeforeEncryption());
      socket.write('S');
      return 'encrypt';
    case 'startup':
      return refuse(socket, rdsErrors.noEncryption({ host: addressOf(socket), ...packet }));
    case 'unsupported':
      return refuse(socket, rdsErrors.protocolUnsupported(packet.version));
    case 'cancel':
      // libpq before 17 sends cancel requests in clear whatever the session uses.
      await forwardCancel(socket, packet.bytes, backendPath);
      return 'over';
    default:
      socket.destroy();
      return 'over';
  }
}

/** Says why, and waits for the client to hang up; the caller's deadline covers one that does not. */
export async function refuse(socket: Socket, response: Buffer): Promise<'over'> {
  // With input left unread, the client's own hanging up would go unnoticed.
  socket.resume();
  socket.end(response);
  await closed(socket);
  return 'over';
}

/** The server checks the key in it and answers nothing; its hanging up tells the client that it was read. */
export async function forwardCancel(
  socket: Socket,
  request: Buffer,
  backendPath: string,
): Promise<void> {
  const backend = connect(backendPath).on('error', () => {});
  backend.resume();
  backend.end(request);
  await closed(backend);
  socket.destroySoon();
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.once('close', () => resolve());
  });
}

/** As PostgreSQL prints it: an IPv4 client of a dual-stack socket without its IPv6 prefix. */
function addressOf(socket: Socket): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
