import type { Wish } from './authorize.ts';
import { VendError } from './errors.ts';
import { namePattern } from './name.ts';
import { isRecord } from './registry/guards.ts';

/** The body of `POST /v1/tokens`, with its defaults filled in. */
export interface VendRequest extends Wish {
  /** Whether the answer should hold the CA's PEM, and not only its address. */
  readonly inlineCa: boolean;
  /** Whether a token handed out before will not do: a login with it has just failed. */
  readonly fresh: boolean;
}

/** Longest accepted body in bytes; the largest valid one is under 300. */
const maxBodyBytes = 4096;

/** Loose: which names exist the registry says. PostgreSQL keeps 63 bytes, MySQL 32 characters, MariaDB 80. */
const databaseUser = /^[^\s*?$/{}\p{Cc}]{1,128}$/u;

const isName = (value: unknown): boolean => typeof value === 'string' && namePattern.test(value);
const isUser = (value: unknown): boolean => typeof value === 'string' && databaseUser.test(value);
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

const keys = {
  database: isName,
  user: isUser,
  team: isName,
  inlineCa: isBoolean,
  fresh: isBoolean,
} satisfies Record<keyof VendRequest, (value: unknown) => boolean>;

/**
 * Reads a request body. Clients name what the registry lists; any other key is refused, so that a
 * host, role or ARN in the body can never be mistaken for something that counts.
 *
 * @throws VendError `INVALID_REQUEST`: `body-too-large`, `body-unreadable`, `body-invalid`.
 */
export function parseVendRequest(text: string | null): VendRequest {
  if (text === null) throw new VendError('INVALID_REQUEST', 'body-unreadable');
  if (Buffer.byteLength(text) > maxBodyBytes) {
    throw new VendError('INVALID_REQUEST', 'body-too-large');
  }
  const body = entriesOf(text);
  if (!hasOnlyValid(body) || repeatsKey(text, body)) {
    throw new VendError('INVALID_REQUEST', 'body-invalid');
  }
  return {
    database: String(body.get('database')),
    ...(body.has('user') ? { user: String(body.get('user')) } : {}),
    ...(body.has('team') ? { team: String(body.get('team')) } : {}),
    inlineCa: body.get('inlineCa') === true,
    fresh: body.get('fresh') === true,
  };
}

/** A map and not an object: `__proto__` is then a key like any other, and as unknown. */
function entriesOf(text: string): Map<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new VendError('INVALID_REQUEST', 'body-unreadable');
  }
  if (!isRecord(body)) throw new VendError('INVALID_REQUEST', 'body-invalid');
  return new Map(Object.entries(body));
}

function hasOnlyValid(body: Map<string, unknown>): boolean {
  const rules = new Map<string, (value: unknown) => boolean>(Object.entries(keys));
  return (
    body.has('database') && [...body].every(([key, value]) => rules.get(key)?.(value) === true)
  );
}

/** `JSON.parse` keeps the last of two equal keys, other readers the first. A flat object has one colon a key. */
function repeatsKey(text: string, body: Map<string, unknown>): boolean {
  const colons = text.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
  return colons !== body.size;
}
