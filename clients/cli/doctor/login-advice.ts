import type { Engine } from '../../../core/registry/model.ts';

type Advice = Readonly<Record<Engine, ReadonlyMap<string, string>>>;

/** What RDS folds into one answer: everything that may be wrong with a token that it was sent. */
const tokenRefused =
  'RDS says no more than this. In this order: is IAM authentication on for the database; does the ' +
  'team’s role allow rds-db:connect on this resource id and user (drift after a restore or a ' +
  'switch-over changes the id); does an SCP of the organization leave it rds-db:connect; is the role ' +
  'or its session revoked, or the session over; does the user exist and log in by IAM. The log export ' +
  'iam-db-auth-error of the database names the reason.';

const mysqlRefused = new Map([
  ['1045', `${tokenRefused} For MySQL the user must be IDENTIFIED WITH AWSAuthenticationPlugin.`],
  [
    '1524',
    'AWSAuthenticationPlugin is not loaded: turn IAM authentication on for the database, if it has it.',
  ],
  ['1044', 'The user may not use this database: GRANT it its rights there.'],
  ['1049', 'There is no such database: compare dbname in the registry.'],
  ['1040', 'Too many connections: try again, or look for the one who holds them.'],
  ['1129', 'The server blocks this host after too many errors: FLUSH HOSTS.'],
  ['3159', 'The server wants TLS, and took this for plain: report it.'],
]);

const postgresRefused = new Map([
  [
    '28000',
    `${tokenRefused} For PostgreSQL the user needs rds_iam, and may be neither a Kerberos user (rds_ad) ` +
      'nor ask for a replication connection.',
  ],
  [
    '28P01',
    'The user is not an IAM user: GRANT rds_iam TO the user, as a superuser of the database.',
  ],
  ['3D000', 'There is no such database: compare dbname in the registry.'],
  ['42501', 'The user may not connect to this database: GRANT CONNECT ON DATABASE … TO the user.'],
  ['53300', 'Too many connections: try again, or look for the one who holds them.'],
  ['57P03', 'The database is starting or stopping: try again.'],
]);

/** What an answer to a token means, by SQLSTATE (PostgreSQL) or error number (MySQL, MariaDB). */
export const refusalAdvice: Advice = {
  postgres: postgresRefused,
  mysql: mysqlRefused,
  mariadb: mysqlRefused,
};

/** The same codes mean something else before a token was asked for. */
export const refusedBeforeToken: Advice = {
  postgres: new Map([
    ...postgresRefused,
    [
      '28000',
      'pg_hba.conf has no line for this user, database and address, or the user is absent.',
    ],
  ]),
  mysql: mysqlRefused,
  mariadb: mysqlRefused,
};
