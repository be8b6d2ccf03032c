import { passwordWarning } from './password-warning.ts';
import { mysqlName } from './quoting.ts';
import type { UserSql } from './user-sql.ts';

/**
 * A MySQL user of RDS's plugin. `ALTER USER` repeats what `CREATE USER` says, for a user that exists
 * with another plugin. TLS is required: the token is sent in clear text inside it.
 */
export const mysqlUser: Writer = (user, dbname, beside) => {
  const account = accountOf(user);
  const grants =
    beside === undefined
      ? []
      : // MySQL 8.0: a user may be granted as a role, and is used only if it is a default one.
        [
          `GRANT ${accountOf(beside)} TO ${account};`,
          `ALTER USER ${account} DEFAULT ROLE ${accountOf(beside)};`,
        ];
  const plugin = "IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'";
  return userOf(user, plugin, { dbname, beside, grants, warnings: [] });
};

/** MariaDB's own words for the same; there, a user cannot be granted as a role. */
export const mariadbUser: Writer = (user, dbname, beside) => {
  const plugin = "IDENTIFIED VIA AWSAuthenticationPlugin USING 'RDS'";
  const warnings =
    beside === undefined
      ? []
      : [
          `MariaDB grants no user to another: repeat for ${user} what SHOW GRANTS FOR ${accountOf(beside)} says.`,
        ];
  return userOf(user, plugin, { dbname, beside, grants: [], warnings });
};

type Writer = (user: string, dbname: string | undefined, beside: string | undefined) => UserSql;

interface Parts {
  readonly dbname: string | undefined;
  readonly beside: string | undefined;
  readonly grants: readonly string[];
  readonly warnings: readonly string[];
}

function userOf(
  user: string,
  plugin: string,
  { dbname, beside, grants, warnings }: Parts,
): UserSql {
  const account = accountOf(user);
  const schema = dbname === undefined ? '…' : mysqlName(dbname);
  return {
    user,
    statements: [
      `CREATE USER IF NOT EXISTS ${account} ${plugin} REQUIRE SSL;`,
      `ALTER USER ${account} ${plugin} REQUIRE SSL;`,
      ...grants,
    ],
    warnings: [...(beside === undefined ? [passwordWarning(user)] : []), ...warnings],
    suggestions:
      beside === undefined ? [`GRANT SELECT, INSERT, UPDATE ON ${schema}.… TO ${account};`] : [],
  };
}

/** From any host: which hosts reach the server is for its security group to say. */
const accountOf = (user: string): string => `${mysqlName(user)}@\`%\``;
