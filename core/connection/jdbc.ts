import type { Engine } from '../registry/model.ts';
import { applicationNameOf } from './application-name.ts';
import { expressible } from './expressible.ts';
import { type ConnectionTarget, caFileOf, refuseTunnel } from './target.ts';
import { uriComponent, uriQuery } from './uri-component.ts';

/**
 * A JDBC URL for the engine's own driver: pgjdbc, MySQL Connector/J or MariaDB Connector/J. Without the
 * token: pools keep their URL for ever, and print it. docs/formats.md says how the token gets in.
 *
 * @throws FormatError `TUNNEL_UNSUPPORTED`, `VALUE_NOT_EXPRESSIBLE`, and but for MySQL `PATH_MISSING`
 *   without a CA.
 */
export function jdbc(target: ConnectionTarget): string {
  refuseTunnel(target);
  return drivers[target.engine](target);
}

const drivers = {
  postgres: pgjdbc,
  mysql: mysqlConnector,
  mariadb: mariadbConnector,
} satisfies Record<Engine, (target: ConnectionTarget) => string>;

/** pgjdbc, "Connecting to the Database". Reads the CA as PEM. */
function pgjdbc(target: ConnectionTarget): string {
  const query = uriQuery([
    ['user', expressible(target.user, 'user')],
    ['sslmode', 'verify-full'],
    ['sslrootcert', expressible(caFileOf(target), 'caFile')],
    ['ApplicationName', applicationNameOf(target)],
  ]);
  return `jdbc:postgresql://${endpoint(target)}/${encodedDbname(target)}?${query}`;
}

/** Connector/J, "Connection URL Syntax". Reads key stores only, so that naming a PEM file would be of no use. */
function mysqlConnector(target: ConnectionTarget): string {
  const query = uriQuery([
    ['user', expressible(target.user, 'user')],
    ['sslMode', 'VERIFY_IDENTITY'],
    ['connectionAttributes', `program_name:${attribute(target)}`],
  ]);
  return `jdbc:mysql://${endpoint(target)}/${encodedDbname(target)}?${query}`;
}

/**
 * MariaDB Connector/J, "Connection Parameters". It decodes nothing: values stand as they are, and the
 * ones that would end early, or that a decoding reader would change, are refused.
 */
function mariadbConnector(target: ConnectionTarget): string {
  const query = [
    `user=${verbatim(target.user, 'user')}`,
    'sslMode=verify-full',
    `serverSslCert=${verbatim(caFileOf(target), 'caFile')}`,
    'restrictedAuth=mysql_clear_password',
    `connectionAttributes=program_name:${attribute(target)}`,
  ].join('&');
  return `jdbc:mariadb://${endpoint(target)}/${verbatim(target.dbname ?? '', 'dbname')}?${query}`;
}

const verbatim = (value: string, field: keyof ConnectionTarget): string =>
  expressible(value, field, /[%+&?#\p{Cc}]/u);

/** Drivers split attributes at commas; the other signs end or change an undecoded parameter. */
const attribute = (target: ConnectionTarget): string =>
  applicationNameOf(target).replace(/[,%+&?#]/g, '_');

/** No driver decodes the host; a comma or a slash in it would send the token elsewhere. */
const endpoint = ({ host, port }: ConnectionTarget): string =>
  `${expressible(host, 'host', /[^A-Za-z0-9.-]/)}:${port}`;

const encodedDbname = ({ dbname }: ConnectionTarget): string =>
  uriComponent(expressible(dbname ?? '', 'dbname'));
