import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { type Dialled, dial } from './dial.ts';
import type { LoginAnswer, LoginRequest, SecureOptions } from './login.ts';
import { type PacketReader, packetReader } from './packets.ts';
import { secured } from './secure-socket.ts';

/** PostgreSQL manual, "Message Formats": what a client asks for TLS with. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
/** Protocol 3.0. */
const protocolVersion = 196_608;
/** `AuthenticationRequest` codes: in, and in clear text, which is how RDS asks for a token. */
const authenticationOk = 0;
const authenticationClearText = 3;

/** Opens a verified connection. Rejects where the server has no TLS, or one that does not verify. */
export async function openPostgres(dialled: Dialled, options: SecureOptions): Promise<TLSSocket> {
  const socket = await dial(dialled, options.timeoutMs);
  const reader = packetReader(socket, options.timeoutMs);
  try {
    socket.write(sslRequest);
    const [answer] = await reader.read(1);
    if (answer !== 'S'.charCodeAt(0)) throw new Error('the server has no TLS');
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    reader.release();
  }
  return secured(socket, options);
}

/** Logs in, and out again. Rejects where the server does not speak the protocol. */
export async function loginPostgres(
  stream: Duplex,
  { user, dbname, token }: LoginRequest,
  timeoutMs: number,
): Promise<LoginAnswer> {
  const reader = packetReader(stream, timeoutMs);
  try {
    const name = ['application_name', 'tokenvend doctor'];
    stream.write(startup(['user', user, 'database', dbname ?? user, ...name]));
    const asked = await message(reader);
    if (asked.type === 'E') return { result: 'refused', code: sqlState(asked.body), asked: false };
    if (authCodeOf(asked) !== authenticationClearText) return { result: 'other-password' };
    stream.write(packet('p', `${token}\0`));
    const answer = await message(reader);
    if (answer.type === 'E') return { result: 'refused', code: sqlState(answer.body), asked: true };
    if (authCodeOf(answer) !== authenticationOk) throw new Error('not an answer');
    return await afterLogin(reader);
  } finally {
    reader.release();
    stream.end(packet('X', ''));
  }
}

/** Rights on the database are looked at after the password: the refusal comes late. */
async function afterLogin(reader: PacketReader): Promise<LoginAnswer> {
  for (;;) {
    const { type, body } = await message(reader);
    if (type === 'E') return { result: 'refused', code: sqlState(body), asked: true };
    if (type === 'Z') return { result: 'in' };
  }
}

interface Message {
  readonly type: string;
  readonly body: Buffer;
}

async function message(reader: PacketReader): Promise<Message> {
  const head = await reader.read(5);
  const body = await reader.read(head.readUInt32BE(1) - 4);
  return { type: String.fromCharCode(head[0] ?? 0), body };
}

function authCodeOf({ type, body }: Message): number | undefined {
  return type === 'R' && body.length >= 4 ? body.readUInt32BE(0) : undefined;
}

/** The field `C` of an ErrorResponse. Its other fields are the server's own words, and stay there. */
function sqlState(body: Buffer): string {
  const fields = body.toString('latin1').split('\0');
  const code = fields.find((field) => field.startsWith('C'))?.slice(1) ?? '';
  return /^[0-9A-Z]{5}$/.test(code) ? code : 'XX000';
}

function startup(parameters: readonly string[]): Buffer {
  const text = Buffer.from(`${parameters.join('\0')}\0\0`);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(text.length + 8, 0);
  head.writeUInt32BE(protocolVersion, 4);
  return Buffer.concat([head, text]);
}

function packet(type: string, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
