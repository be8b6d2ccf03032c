import { passwordWarning } from './password-warning.ts';
import { postgresCode, postgresName, postgresText } from './quoting.ts';
import type { UserSql } from './user-sql.ts';

/**
 * A PostgreSQL user with `rds_iam`. Granting it again is no error, and creating is left out where the
 * role exists: `CREATE ROLE` knows no `IF NOT EXISTS`. `LOGIN` is given to a role that had none.
 */
export function postgresUser(
  user: string,
  dbname: string | undefined,
  beside: string | undefined,
): UserSql {
  const name = postgresName(user);
  const create = `BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${postgresText(user)}) THEN
    CREATE ROLE ${name};
  END IF;
END`;
  return {
    user,
    statements: [
      `DO ${postgresCode(create)};`,
      `ALTER ROLE ${name} LOGIN;`,
      ...(beside === undefined ? [] : [`GRANT ${postgresName(beside)} TO ${name};`]),
      `GRANT rds_iam TO ${name};`,
    ],
    warnings: [
      ...(beside === undefined ? [passwordWarning(user)] : []),
      `Whoever is granted ${user} gets rds_iam with it, and loses password login too.`,
      ...(beside === undefined
        ? []
        : [`What ${user} creates belongs to ${user}, unless it acts as ${beside}.`]),
    ],
    suggestions:
      beside === undefined
        ? leastRights(name, dbname)
        : [`ALTER ROLE ${name} SET role TO ${postgresName(beside)};`],
  };
}

/** Nothing is granted on everything: `ALL TABLES` would be the first thing a reviewer strikes out. */
const leastRights = (name: string, dbname: string | undefined): readonly string[] => [
  `GRANT CONNECT ON DATABASE ${dbname === undefined ? '…' : postgresName(dbname)} TO ${name};`,
  `GRANT USAGE ON SCHEMA … TO ${name};`,
  `GRANT SELECT, INSERT, UPDATE ON TABLE …, … TO ${name};`,
];
