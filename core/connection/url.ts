import { applicationNameOf } from './application-name.ts';
import { expressible } from './expressible.ts';
import { type ConnectionTarget, caFileOf, refuseTunnel } from './target.ts';
import { uriComponent, uriQuery } from './uri-component.ts';

/**
 * A connection URI with every part percent-encoded (RFC 3986). Holds the token: whoever can list
 * processes reads it from a command line.
 *
 * @throws FormatError `PATH_MISSING` without a CA, `VALUE_NOT_EXPRESSIBLE`, and for MySQL and MariaDB
 *   `TUNNEL_UNSUPPORTED`.
 */
export function url(target: ConnectionTarget): string {
  return target.engine === 'postgres' ? postgresUrl(target) : mysqlUrl(target);
}

/** PostgreSQL manual, "Connection URIs". */
function postgresUrl(target: ConnectionTarget): string {
  const { via } = target;
  const query = uriQuery([
    ['hostaddr', via?.host],
    ['sslmode', 'verify-full'],
    ['sslrootcert', expressible(caFileOf(target), 'caFile')],
    ['application_name', applicationNameOf(target)],
  ]);
  return `postgresql://${front(target, via?.port ?? target.port)}?${query}`;
}

/**
 * MySQL Reference Manual, "Connecting to the Server Using URI-Like Strings", which MySQL Shell reads.
 * mysql2 skips these parameters, and from 3.22 on refuses to send the token without further settings.
 */
function mysqlUrl(target: ConnectionTarget): string {
  refuseTunnel(target);
  const query = uriQuery([
    ['ssl-mode', 'VERIFY_IDENTITY'],
    ['ssl-ca', expressible(caFileOf(target), 'caFile')],
    ['auth-method', 'mysql_clear_password'],
  ]);
  return `mysql://${front(target, target.port)}?${query}`;
}

function front(target: ConnectionTarget, port: number): string {
  const user = uriComponent(expressible(target.user, 'user'));
  const token = uriComponent(expressible(target.token, 'token'));
  const host = uriComponent(expressible(target.host, 'host'));
  const dbname = uriComponent(expressible(target.dbname ?? '', 'dbname', dotSegment));
  return `${user}:${token}@${host}:${port}/${dbname}`;
}

/** However it is encoded, the WHATWG parser that JavaScript drivers use drops such a segment. */
const dotSegment = /^\.{1,2}$/;
