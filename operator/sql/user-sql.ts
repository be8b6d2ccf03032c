import type { Database, Engine } from '../../core/registry/model.ts';
import { mariadbUser, mysqlUser } from './mysql-user.ts';
import { postgresUser } from './postgres-user.ts';

/** What creates one database user, or makes an existing one use IAM. May be run again. */
export interface UserSql {
  readonly user: string;
  readonly statements: readonly string[];
  /** Sentences for whoever runs them. */
  readonly warnings: readonly string[];
  /** Statements that are the owner's to decide about, with gaps to fill in. */
  readonly suggestions: readonly string[];
}

export interface UserSqlOptions {
  /** An existing user with a password, whose rights the new one gets; it keeps its password. */
  readonly beside?: string;
}

/** The statements for a user, in its engine's own SQL. */
export function userSql(
  database: Pick<Database, 'engine' | 'dbname'>,
  user: string,
  options: UserSqlOptions = {},
): UserSql {
  return writers[database.engine](user, database.dbname, options.beside);
}

const writers = {
  postgres: postgresUser,
  mysql: mysqlUser,
  mariadb: mariadbUser,
} as const satisfies Record<
  Engine,
  (user: string, dbname: string | undefined, beside: string | undefined) => UserSql
>;
