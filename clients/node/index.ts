/** What the package `tokenvend` exports: this file and nothing else is its public interface. */
export {
  ClientError,
  type ClientErrorKind,
  type ClientErrorReason,
} from '../api-client/client-error.ts';
export type { ConnectionTarget } from './connection-token.ts';
export type { DatabaseToken, TokenTarget } from './database-token.ts';
export { DriverOptionsError, type DriverOptionsReason } from './driver-options-error.ts';
export { type Mysql2Connection, type Mysql2Settings, mysql2Options } from './mysql2-options.ts';
export { type PgConnection, type PgSettings, pgOptions } from './pg-options.ts';
export { createTokenSource, type TokenSource } from './token-source.ts';
export type {
  AwsCredentials,
  TokenSourceAuth,
  TokenSourceOptions,
} from './token-source-options.ts';
export { withFreshToken } from './with-fresh-token.ts';
