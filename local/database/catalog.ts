import { Client, escapeIdentifier, type QueryResultRow } from 'pg';
import { type PostgresServer, superuser } from './embedded-postgres.ts';

/** What the administrator of an RDS instance does in SQL, through the server's own socket. */
export interface Catalog {
  /** Runs statements in `database` as `rdsadmin`. Parameters are `$1`, `$2` …; only a single statement takes any. */
  query(
    database: string,
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<readonly QueryResultRow[]>;
  /** Whether the user exists and was granted `rds_iam`, directly or through another role. */
  usesIam(user: string): Promise<boolean>;
}

/** `port` is part of the socket's name, where it is not PostgreSQL's own. */
export function openCatalog(
  server: Pick<PostgresServer, 'socketFolder'> & { readonly port?: number },
): Catalog {
  const { socketFolder: host, port } = server;
  const query: Catalog['query'] = async (database, sql, parameters = []) => {
    const client = new Client({ host, user: superuser, database, ...(port && { port }) });
    // An idle connection that the server ends emits this; a running query reports it itself.
    client.on('error', () => {});
    await client.connect();
    try {
      const values = parameters.length === 0 ? undefined : [...parameters];
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    query,
    async usesIam(user) {
      const rows = await query('postgres', iamUserQuery, [user]);
      return rows.length > 0;
    },
  };
}

/** A superuser is a member of every role by courtesy, which `pg_hba.conf`'s `+rds_iam` does not count either. */
const iamUserQuery = `
  SELECT FROM pg_roles
  WHERE rolname = $1 AND NOT rolsuper AND pg_has_role(oid, 'rds_iam', 'MEMBER')`;

/** Creates login roles with `rds_iam`, and databases in whose `public` schema each of them may create tables. */
export async function provision(
  catalog: Catalog,
  wanted: { readonly databases: readonly string[]; readonly roles: readonly string[] },
): Promise<void> {
  const roles = wanted.roles.map((role) => escapeIdentifier(role));
  await catalog.query(
    'postgres',
    [
      'CREATE ROLE rds_iam',
      ...roles.map((role) => `CREATE ROLE ${role} LOGIN IN ROLE rds_iam`),
    ].join(';'),
  );
  for (const database of wanted.databases) {
    // On its own: CREATE DATABASE is refused in a transaction, and several statements at once are one.
    await catalog.query('postgres', `CREATE DATABASE ${escapeIdentifier(database)}`);
    if (roles.length > 0) {
      await catalog.query(database, `GRANT CREATE ON SCHEMA public TO ${roles.join(', ')}`);
    }
  }
}
