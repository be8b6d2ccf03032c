import type { Database } from '../../core/registry/model.ts';
import { kindOf } from './rds-commands.ts';

/** What excludes what, and what it costs (RDS User Guide, "IAM database authentication", limitations). */
export function cautions(database: Database): readonly string[] {
  return [...common, ...byEngine[database.engine], ...(kindOf(database) === 'proxy' ? proxy : [])];
}

const common = [
  'IAM authentication needs 300 to 1000 MiB of the instance’s memory; the smallest classes have none to spare.',
  'Only new logins are checked: RDS advises fewer than 200 of them per second, so use connection pools.',
];

const byEngine = {
  postgres: [
    'A user has either IAM or Kerberos, not both: rds_ad and rds_iam exclude each other.',
    'A user with rds_iam cannot open replication connections; keep another one for those.',
  ],
  mysql: ['Replication keeps a user of its own, with a password.'],
  mariadb: [
    'MariaDB 10.11, 11.4 and 11.8 have IAM authentication; earlier and other ones do not.',
    'Replication keeps a user of its own, with a password.',
  ],
} as const;

const proxy = [
  'End-to-end IAM: the proxy’s own role needs rds-db:connect on the database behind it, whose users need rds_iam or the plugin.',
  'With secrets instead, each user needs one in Secrets Manager, and must not use IAM on the database itself.',
];
