import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { type Dialled, dial } from './dial.ts';
import type { LoginAnswer, LoginRequest, SecureOptions } from './login.ts';
import { type PacketReader, packetReader } from './packets.ts';
import { secured } from './secure-socket.ts';

/**
 * MySQL Internals, "Capability Flags": 4.1 protocol, TLS, connect with database, secure connection,
 * plugin authentication.
 */
const flags = { protocol41: 0x200, ssl: 0x800, database: 0x8, secure: 0x8000, plugin: 0x80000 };
/** utf8mb4_general_ci. */
const charset = 45;
const maxPacketBytes = 1 << 24;

/** First bytes of the server's packets. */
const isOk = 0x00;
const isSwitch = 0xfe;
const isError = 0xff;

/** Opens a verified connection. Rejects where the server has no TLS, or one that does not verify. */
export async function openMysql(dialled: Dialled, options: SecureOptions): Promise<TLSSocket> {
  const socket = await dial(dialled, options.timeoutMs);
  await askForTls(socket, options.timeoutMs);
  return secured(socket, options);
}

async function askForTls(socket: Socket, timeoutMs: number): Promise<void> {
  const reader = packetReader(socket, timeoutMs);
  try {
    const { body } = await packetFrom(reader);
    // The version's text ends at the first zero; 14 bytes on stand the lower capability flags.
    const at = body.indexOf(0, 1) + 14;
    if (body[0] === isError || at + 2 > body.length || !(body.readUInt16LE(at) & flags.ssl)) {
      throw new Error('the server has no TLS');
    }
    socket.write(framed(1, opening(flags.ssl)));
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    reader.release();
  }
}

/** Logs in, and out again. Rejects where the server does not speak the protocol. */
export async function loginMysql(
  stream: Duplex,
  { user, dbname, token }: LoginRequest,
  timeoutMs: number,
): Promise<LoginAnswer> {
  const reader = packetReader(stream, timeoutMs);
  try {
    stream.write(framed(2, response(user, dbname)));
    const asked = await packetFrom(reader);
    if (asked.body[0] === isError) return refusal(asked.body, false);
    if (!asksForClearText(asked.body)) return { result: 'other-password' };
    stream.write(framed(asked.sequence + 1, Buffer.from(`${token}\0`)));
    const { body } = await packetFrom(reader);
    if (body[0] === isError) return refusal(body, true);
    if (body[0] !== isOk) throw new Error('not an answer');
    return { result: 'in' };
  } finally {
    reader.release();
    // COM_QUIT
    stream.end(framed(0, Buffer.from([1])));
  }
}

function asksForClearText(body: Buffer): boolean {
  const plugin = 'mysql_clear_password\0';
  return body[0] === isSwitch && body.toString('latin1', 1).startsWith(plugin);
}

/** The number and the SQLSTATE; the text is the server's own, and may quote what it was sent. */
function refusal(body: Buffer, asked: boolean): LoginAnswer {
  return { result: 'refused', code: String(body.readUInt16LE(1)), asked };
}

async function packetFrom(reader: PacketReader) {
  const head = await reader.read(4);
  return { sequence: head[3] ?? 0, body: await reader.read(head.readUIntLE(0, 3)) };
}

function framed(sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head.writeUInt8(sequence % 256, 3);
  return Buffer.concat([head, body]);
}

function opening(more: number): Buffer {
  const head = Buffer.alloc(32);
  head.writeUInt32LE(flags.protocol41 | flags.ssl | flags.secure | flags.plugin | more, 0);
  head.writeUInt32LE(maxPacketBytes, 4);
  head.writeUInt8(charset, 8);
  return head;
}

/**
 * Without a password yet, and with the wrong plugin: the server then asks for the one that the user
 * has, which tells IAM users from others before a token is sent.
 */
function response(user: string, dbname: string | undefined): Buffer {
  const database = dbname === undefined ? '' : `${dbname}\0`;
  const text = Buffer.from(`${user}\0\0${database}mysql_native_password\0`);
  return Buffer.concat([opening(dbname === undefined ? 0 : flags.database), text]);
}
