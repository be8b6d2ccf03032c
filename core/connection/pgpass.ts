import { expressible } from './expressible.ts';
import type { ConnectionTarget } from './target.ts';

/**
 * The line of a password file, in libpq's dialect (PostgreSQL manual, "The Password File"). Holds the
 * token. asyncpg does not undo the escapes and needs another way.
 *
 * Through a tunnel the port is the tunnel's: libpq looks for the host it verifies and the port it dials.
 *
 * @throws FormatError `VALUE_NOT_EXPRESSIBLE` for a line break.
 */
export function pgpass(target: ConnectionTarget): string {
  const port = target.via?.port ?? target.port;
  return `${[
    literal(target.host, 'host'),
    String(port),
    target.dbname === undefined ? '*' : literal(target.dbname, 'dbname'),
    literal(target.user, 'user'),
    literal(target.token, 'token'),
  ].join(':')}\n`;
}

/**
 * A colon that is not escaped ends the field: a token, which has several, would be cut without a word.
 * A field of `*` alone matches everything, and a line that starts with `#` is a comment.
 */
function literal(value: string, field: keyof ConnectionTarget): string {
  return expressible(value, field, /[\r\n]/).replace(/[\\:]|^[*#]/g, '\\$&');
}
