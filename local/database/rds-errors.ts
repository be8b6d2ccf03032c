import { fatalResponse } from './wire-protocol.ts';

/** What RDS for PostgreSQL answers, word for word: clients and runbooks recognize these texts. */
export const rdsErrors = {
  /** `rds.force_ssl=1`, the default since PostgreSQL 15: no line of pg_hba.conf admits plain connections. */
  noEncryption: (client: { host: string; user: string; database: string }): Buffer =>
    fatalResponse(
      '28000',
      `no pg_hba.conf entry for host "${client.host}", user "${client.user}", ` +
        `database "${client.database}", no encryption`,
    ),

  /** A user with `rds_iam` whose token was refused. The reason stays on the server (log export `iam-db-auth-error`). */
  tokenRefused: (user: string): Buffer =>
    fatalResponse('28000', `PAM authentication failed for user "${user}"`),

  /** A user without `rds_iam`, for whom a token is only a wrong password. */
  passwordRefused: (user: string): Buffer =>
    fatalResponse('28P01', `password authentication failed for user "${user}"`),

  /** CVE-2021-23214: bytes sent in clear must not be taken for part of the encrypted session. */
  bytesBeforeEncryption: (): Buffer =>
    fatalResponse('08P01', 'received unencrypted data after SSL request'),

  protocolUnsupported: (version: string): Buffer =>
    fatalResponse('0A000', `unsupported frontend protocol ${version}: server supports 3.0 to 3.2`),

  unavailable: (): Buffer => fatalResponse('57P03', 'the database system is shutting down'),
} as const;
