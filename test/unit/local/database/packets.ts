const protocol30 = 3 << 16;

type Pairs = readonly (readonly [string, string | Buffer])[];
type Parameters = Readonly<Record<string, string>> | Pairs;

/** A StartupMessage with a right length; as pairs, its parameters may be repeated or broken. */
export function startupPacket(
  parameters: Parameters,
  { version = protocol30 }: { readonly version?: number } = {},
): Buffer {
  const pairs = isPairs(parameters) ? parameters : Object.entries(parameters);
  const fields = pairs.flat().flatMap((field) => [Buffer.from(field), Buffer.alloc(1)]);
  return requestPacket(version, Buffer.concat([...fields, Buffer.alloc(1)]));
}

/** SSLRequest, GSSENCRequest, CancelRequest: a length, a code, and what belongs to it. */
export function requestPacket(code: number, rest: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + rest.length);
  head.writeUInt32BE(code, 4);
  return Buffer.concat([head, rest]);
}

export const sslRequest = requestPacket(80877103);
export const gssRequest = requestPacket(80877104);

export function cancelRequest(key: Buffer): Buffer {
  return requestPacket(80877102, key);
}

export function passwordMessage(password: string): Buffer {
  const body = Buffer.from(`${password}\0`);
  const head = Buffer.from('p\0\0\0\0', 'latin1');
  head.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

/** The SQLSTATE of an ErrorResponse; `undefined` for other bytes. */
export function sqlStateOf(response: Buffer): string | undefined {
  const fields = response.subarray(5).toString('utf8').split('\0');
  return response.toString('latin1', 0, 1) === 'E'
    ? fields.find((field) => field.startsWith('C'))?.slice(1)
    : undefined;
}

function isPairs(parameters: Parameters): parameters is Pairs {
  return Array.isArray(parameters);
}
