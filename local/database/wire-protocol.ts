import type { Readable } from 'node:stream';

/**
 * The first packet on a connection, which alone has no type byte (PostgreSQL protocol, "Message
 * Formats": SSLRequest, GSSENCRequest, CancelRequest, StartupMessage). `bytes` is the whole packet.
 */
export type FirstPacket =
  | { readonly kind: 'ssl-request' | 'gss-request' }
  | { readonly kind: 'cancel'; readonly bytes: Buffer }
  | Startup
  | { readonly kind: 'unsupported'; readonly version: string };

export interface Startup {
  readonly kind: 'startup';
  readonly bytes: Buffer;
  readonly user: string;
  /** The user's name where the client sent none, as the server reads it. */
  readonly database: string;
}

const sslRequestCode = 80877103;
const gssRequestCode = 80877104;
const cancelRequestCode = 80877102;

/** PostgreSQL's MAX_STARTUP_PACKET_LENGTH. */
const maxFirstPacketBytes = 10_000;

/** PostgreSQL's PG_MAX_AUTH_TOKEN_LENGTH: counts the length field and the final zero. */
export const maxPasswordMessageBytes = 65_535;

/** PostgreSQL's NAMEDATALEN - 1: the server cuts a longer name, and would then open another user's session. */
const maxNameBytes = 63;

const lengthBytes = 4;

/** Reads one first packet; `undefined` where a server hangs up without a word. */
export async function readFirstPacket(source: Readable): Promise<FirstPacket | undefined> {
  const head = await readExactly(source, lengthBytes);
  const length = head?.readUInt32BE() ?? 0;
  if (head === undefined || length < 8 || length > maxFirstPacketBytes) return undefined;
  const rest = await readExactly(source, length - lengthBytes);
  return rest && parseFirstPacket(Buffer.concat([head, rest]));
}

/** `bytes` holds a whole packet, length field included. */
export function parseFirstPacket(bytes: Buffer): FirstPacket | undefined {
  if (bytes.length < 8 || bytes.readUInt32BE() !== bytes.length) return undefined;
  const code = bytes.readUInt32BE(4);
  if (code === sslRequestCode) return { kind: 'ssl-request' };
  if (code === gssRequestCode) return { kind: 'gss-request' };
  if (code === cancelRequestCode) return { kind: 'cancel', bytes };
  const [major, minor] = [code >>> 16, code & 0xffff];
  if (major !== 3) return { kind: 'unsupported', version: `${major}.${minor}` };
  const parameters = parseParameters(bytes.subarray(8));
  const user = parameters?.get('user');
  if (!user) return undefined;
  const database = parameters?.get('database') || user;
  const fits = [user, database].every((name) => Buffer.byteLength(name) <= maxNameBytes);
  return fits ? { kind: 'startup', bytes, user, database } : undefined;
}

/**
 * `name\0value\0…\0`. The packet is forwarded as it came, so whatever the server could read in
 * another way than we do (a repeated name, bytes that are not UTF-8, a late end) gives `undefined`.
 */
function parseParameters(bytes: Buffer): Map<string, string> | undefined {
  const fields = decodeUtf8(bytes)?.split('\0');
  if (fields?.pop() !== '' || fields.pop() !== '' || fields.length % 2 !== 0) return undefined;
  const parameters = new Map<string, string>();
  for (let at = 0; at < fields.length; at += 2) {
    const [name, value] = [fields[at], fields[at + 1]];
    if (!name || value === undefined || parameters.has(name)) return undefined;
    parameters.set(name, value);
  }
  return parameters;
}

/** The content of one PasswordMessage; `undefined` for anything else, larger than allowed, or not UTF-8. */
export async function readPassword(source: Readable): Promise<string | undefined> {
  const head = await readExactly(source, 1 + lengthBytes);
  const length = head?.readUInt32BE(1) ?? 0;
  if (head?.toString('latin1', 0, 1) !== 'p') return undefined;
  if (length <= lengthBytes || length > maxPasswordMessageBytes) return undefined;
  const body = await readExactly(source, length - lengthBytes);
  const text = body && decodeUtf8(body);
  return text?.endsWith('\0') && text.indexOf('\0') === text.length - 1
    ? text.slice(0, -1)
    : undefined;
}

/** AuthenticationCleartextPassword: `R`, length 8, code 3. */
export const cleartextPasswordRequest: Uint8Array = Buffer.from('R\0\0\0\x08\0\0\0\x03', 'latin1');

/** An ErrorResponse that ends the connection. `code` is an SQLSTATE (PostgreSQL, appendix A). */
export function fatalResponse(code: string, message: string): Buffer {
  const fields = ['SFATAL', 'VFATAL', `C${code}`, `M${message}`].map((field) => `${field}\0`);
  const body = Buffer.from(`${fields.join('')}\0`);
  const head = Buffer.alloc(1 + lengthBytes);
  head.write('E', 'latin1');
  head.writeUInt32BE(lengthBytes + body.length, 1);
  return Buffer.concat([head, body]);
}

/** Leaves what follows in the source; `undefined` once it has ended without giving that much. */
async function readExactly(source: Readable, length: number): Promise<Buffer | undefined> {
  for (;;) {
    const bytes: unknown = source.read(length);
    if (Buffer.isBuffer(bytes)) return bytes.length === length ? bytes : undefined;
    if (source.readableEnded || source.destroyed) return undefined;
    await readableOrClosed(source);
  }
}

function readableOrClosed(source: Readable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      source.off('readable', done).off('close', done);
      resolve();
    };
    source.on('readable', done).on('close', done);
  });
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
