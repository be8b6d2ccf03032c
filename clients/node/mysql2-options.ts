import { applicationNameOf } from '../../core/connection/application-name.ts';
import { type ConnectionTarget, firstToken } from './connection-token.ts';
import { DriverOptionsError, refuseFields } from './driver-options-error.ts';
import type { TokenSource } from './token-source.ts';

/** What tokenvend says to `mysql2`: each connection asks for its own token when the server wants it. */
export interface Mysql2Connection {
  host: string;
  port: number;
  user: string;
  database?: string;
  /** `mysql2` leaves the host name unverified unless `verifyIdentity` says otherwise. */
  ssl: { ca: string; rejectUnauthorized: true; verifyIdentity: true };
  authPlugins: { mysql_clear_password: ClearPasswordPlugin };
  connectAttributes: Record<string, unknown>;
  /** Through a tunnel: gives a socket. */
  stream?: () => object;
}

/** As `mysql2` calls it, for each connection. */
export type ClearPasswordPlugin = (about: { readonly connection: object }) => () => Promise<string>;

/** What may be said of a connection beside its own settings. */
export interface Mysql2Settings {
  /** In place of the registry's. */
  readonly database?: string | undefined;
  /** `program_name` is the application's own name; the vend's id is put behind it. */
  readonly connectAttributes?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Each of these would undo something. `enableCleartextPlugin` sends the password without asking
 * whether there is TLS, and other plugins would hand it, hashed or not, to whoever asks for them.
 */
const refused = [
  'uri',
  'host',
  'port',
  'socketPath',
  'stream',
  'user',
  'password',
  'password1',
  'ssl',
  'authPlugins',
  'authSwitchHandler',
  'enableCleartextPlugin',
  'insecureAuth',
] as const;

type Refused = { readonly [field in (typeof refused)[number]]?: never };

/**
 * Options for `createPool` and `createConnection` of `mysql2`. Other settings of theirs are taken over
 * as they are. The `tv:<id>` in the attribute `program_name` is that of the first token.
 *
 * Rejects with `ClientError`, and with `DriverOptionsError` `field-refused` or `engine-mismatch`.
 */
export async function mysql2Options<Settings extends object = object>(
  source: TokenSource,
  target: ConnectionTarget,
  settings?: Settings & Mysql2Settings & Refused,
): Promise<Settings & Mysql2Connection> {
  const given: Mysql2Settings = settings ?? {};
  refuseFields(given, refused);
  const { token, next } = await firstToken(source, target, ['mysql', 'mariadb']);
  const dbname = given.database ?? token.database.dbname;
  const connection: Mysql2Connection = {
    // The real name even through a tunnel: the certificate is verified against it.
    host: token.database.host,
    port: token.database.port,
    user: token.user,
    ...(dbname === undefined ? {} : { database: dbname }),
    ssl: { ca: token.tls.ca.pem, rejectUnauthorized: true, verifyIdentity: true },
    authPlugins: { mysql_clear_password: clearPassword(next) },
    connectAttributes: attributes(given.connectAttributes, token.id),
    ...(target.via === undefined ? {} : { stream: dial(target.via) }),
  };
  return Object.assign({}, settings, connection);
}

/** Instead of the driver's own plugin, which takes one password for all time and any connection. */
function clearPassword(next: () => Promise<string>): ClearPasswordPlugin {
  return ({ connection }) =>
    async () => {
      if (!isVerified(connection)) throw new DriverOptionsError('not-encrypted');
      return `${await next()}\0`;
    };
}

/** What the connection was made with, in the end: frameworks put options together anew, and lose some. */
function isVerified(connection: object): boolean {
  const config: unknown = Reflect.get(connection, 'config');
  const ssl: unknown = isObject(config) && Reflect.get(config, 'ssl');
  return (
    isObject(ssl) &&
    Reflect.get(ssl, 'verifyIdentity') === true &&
    Reflect.get(ssl, 'rejectUnauthorized') === true
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function attributes(given: Readonly<Record<string, unknown>> = {}, vendId: string) {
  const own = given.program_name;
  const applicationName = typeof own === 'string' ? own : '';
  return { ...given, program_name: applicationNameOf({ applicationName, vendId }) };
}

function dial({ host, port }: NonNullable<ConnectionTarget['via']>): () => object {
  return () => process.getBuiltinModule('node:net').connect(port, host);
}
