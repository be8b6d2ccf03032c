/** The parts of an RDS authentication token: a SigV4 presigned URL without its scheme. */
export interface TokenParts {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly accessKeyId: string;
  readonly region: string;
  readonly signedAt: Date;
  readonly expiresInSeconds: number;
  readonly sessionToken?: string;
  readonly signature: string;
}

const credentialPattern = /^([A-Z0-9]{16,128})\/(\d{8})\/([a-z0-9-]+)\/rds-db\/aws4_request$/;
const datePattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
/** Decimal, and never zero: what `Number` makes of other text (`NaN`, for one) is never exceeded by an age. */
const lifetimePattern = /^[1-9]\d{0,5}$/;

/**
 * Reads a token strictly: exactly the parameters that RDS requires, each once, in the form
 * `host:port/?…`. Anything else gives `undefined`. Proves nothing: the signature is not checked.
 */
export function parseToken(token: string): TokenParts | undefined {
  const shape = /^([a-z0-9.-]+):(\d{1,5})\/\?([^#\s]+)$/.exec(token);
  const query = shape && parametersOf(shape[3] ?? '');
  if (!shape || !query) return undefined;
  const part = (name: string): string => query.get(name) ?? '';
  const credential = credentialPattern.exec(part('X-Amz-Credential'));
  const signedAt = instantOf(part('X-Amz-Date'));
  const user = part('DBUser');
  const signature = part('X-Amz-Signature');
  const sessionToken = query.get('X-Amz-Security-Token');
  const fixed =
    part('Action') === 'connect' &&
    part('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256' &&
    part('X-Amz-SignedHeaders') === 'host' &&
    lifetimePattern.test(part('X-Amz-Expires')) &&
    /^[0-9a-f]{64}$/.test(signature) &&
    query.size === (sessionToken === undefined ? 8 : 9);
  if (!fixed || !credential || !signedAt || !user || sessionToken === '') return undefined;
  if (credential[2] !== part('X-Amz-Date').slice(0, 8)) return undefined;
  return {
    host: shape[1] ?? '',
    port: Number(shape[2]),
    user,
    accessKeyId: credential[1] ?? '',
    region: credential[3] ?? '',
    signedAt,
    expiresInSeconds: Number(part('X-Amz-Expires')),
    ...(sessionToken === undefined ? {} : { sessionToken }),
    signature,
  };
}

/** Decoded parameters; `undefined` when one is repeated or not valid percent-encoding. */
function parametersOf(text: string): ReadonlyMap<string, string> | undefined {
  const parts = text.split('&');
  try {
    const parameters = new Map(parts.map(decodedPair));
    return parameters.size === parts.length ? parameters : undefined;
  } catch {
    return undefined;
  }
}

/** A part without `=` has no name, and there is no parameter of that name. */
function decodedPair(part: string): readonly [string, string] {
  const at = part.indexOf('=');
  const name = part.slice(0, Math.max(at, 0));
  return [decodeURIComponent(name), decodeURIComponent(part.slice(at + 1))];
}

function instantOf(text: string): Date | undefined {
  const found = datePattern.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second] = found;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const date = new Date(`${iso}Z`);
  // `Date` takes a 30 February and a 24th hour, and means another day by them.
  return !Number.isNaN(date.getTime()) && date.toISOString() === `${iso}.000Z` ? date : undefined;
}
