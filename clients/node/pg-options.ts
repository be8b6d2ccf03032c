import { applicationNameOf } from '../../core/connection/application-name.ts';
import { type ConnectionTarget, firstToken } from './connection-token.ts';
import { DriverOptionsError, refuseFields } from './driver-options-error.ts';
import type { TokenSource } from './token-source.ts';

/** What tokenvend says to `pg`, in discrete fields: each connection asks for its own password. */
export interface PgConnection {
  host: string;
  port: number;
  user: string;
  database: string;
  password: (parameters?: { readonly ssl?: unknown }) => Promise<string>;
  ssl: { ca: string; servername: string; rejectUnauthorized: true };
  application_name: string;
  connectionTimeoutMillis: number;
}

/** What may be said of a connection beside its own settings. */
export interface PgSettings {
  /** The application's own name; the vend's id is put behind it. */
  readonly application_name?: string | undefined;
  /** In place of the registry's. */
  readonly database?: string | undefined;
  /** Of a connection with its login, the wait for a token included: 10,000. `pg` itself waits for ever. */
  readonly connectionTimeoutMillis?: number | undefined;
}

/**
 * Each of these would undo something. The worst is `connectionString`: `pg` drops a password function
 * that stands beside one, and lets its `sslmode` replace `ssl`, in both cases without a word.
 */
const refused = [
  'connectionString',
  'host',
  'port',
  'user',
  'password',
  'ssl',
  'sslmode',
  'stream',
  'connection',
] as const;

type Refused = { readonly [field in (typeof refused)[number]]?: never };

/**
 * Options for `Pool` and `Client` of `pg`, and for whatever passes options on to them. Other settings
 * of theirs are taken over as they are. The `tv:<id>` in the application name is that of the first token.
 *
 * Rejects with `ClientError`, and with `DriverOptionsError` `field-refused` or `engine-mismatch`.
 */
export async function pgOptions<Settings extends object = object>(
  source: TokenSource,
  target: ConnectionTarget,
  settings?: Settings & PgSettings & Refused,
): Promise<Settings & PgConnection> {
  const given: PgSettings = settings ?? {};
  refuseFields(given, refused);
  const { token, next } = await firstToken(source, target, ['postgres']);
  const { database, user, tls } = token;
  const named = { applicationName: given.application_name ?? '', vendId: token.id };
  const connection: PgConnection = {
    host: target.via?.host ?? database.host,
    port: target.via?.port ?? database.port,
    user,
    // As libpq has it; else PGDATABASE of the environment would count.
    database: given.database ?? database.dbname ?? user,
    password: async (parameters) => {
      if (parameters !== undefined) assertVerified(parameters);
      return next();
    },
    ssl: { ca: tls.ca.pem, servername: tls.serverName, rejectUnauthorized: true },
    application_name: applicationNameOf(named),
    connectionTimeoutMillis: given.connectionTimeoutMillis ?? 10_000,
  };
  return Object.assign({}, settings, connection);
}

/**
 * What the connection was made with, in the end (`pg` tells from 8.19 on): frameworks put options
 * together anew, and `ssl` gets lost or changed on the way.
 */
function assertVerified({ ssl }: { readonly ssl?: unknown }): void {
  const isOpen = typeof ssl === 'object' && ssl !== null && !Reflect.get(ssl, 'rejectUnauthorized');
  if (!ssl || isOpen) throw new DriverOptionsError('not-encrypted');
}
