import { applicationNameOf } from './application-name.ts';
import { expressible } from './expressible.ts';
import { type ConnectionTarget, refuseTunnel } from './target.ts';

/**
 * The environment variables of a connection: for `exec`, and for the `env` format. Without a `caFile`
 * the CA is left out, and libpq then verifies against `~/.postgresql/root.crt` or fails.
 *
 * @throws FormatError `VALUE_NOT_EXPRESSIBLE`; for MySQL and MariaDB also `TUNNEL_UNSUPPORTED`.
 */
export function environmentOf(target: ConnectionTarget): ReadonlyMap<string, string> {
  const variables = target.engine === 'postgres' ? libpq(target) : mysql(target);
  return new Map(
    variables.flatMap(([name, field, value]) =>
      value === undefined ? [] : [[name, expressible(value, field)]],
    ),
  );
}

type Variable = readonly [name: string, field: keyof ConnectionTarget, value: string | undefined];

/** PostgreSQL manual, "Environment Variables" of libpq; most other drivers read the first ones too. */
function libpq(target: ConnectionTarget): readonly Variable[] {
  const { via } = target;
  return [
    ['PGHOST', 'host', target.host],
    // libpq dials the address and verifies the name.
    ['PGHOSTADDR', 'via', via?.host],
    ['PGPORT', 'port', String(via?.port ?? target.port)],
    ['PGUSER', 'user', target.user],
    ['PGDATABASE', 'dbname', target.dbname],
    ['PGSSLMODE', 'engine', 'verify-full'],
    ['PGSSLROOTCERT', 'caFile', target.caFile],
    ['PGAPPNAME', 'applicationName', applicationNameOf(target)],
    ['PGPASSWORD', 'token', target.token],
  ];
}

/**
 * MySQL Reference Manual, "Environment Variables". There is none for the user, the database, the CA or
 * the TLS mode: the first three are here under neutral names, and the fourth only a command line or
 * an option file can set.
 */
function mysql(target: ConnectionTarget): readonly Variable[] {
  refuseTunnel(target);
  return [
    ['MYSQL_HOST', 'host', target.host],
    ['MYSQL_TCP_PORT', 'port', String(target.port)],
    ['MYSQL_PWD', 'token', target.token],
    ['LIBMYSQL_ENABLE_CLEARTEXT_PLUGIN', 'engine', '1'],
    ['DB_USER', 'user', target.user],
    ['DB_NAME', 'dbname', target.dbname],
    ['DB_SSL_CA', 'caFile', target.caFile],
  ];
}
