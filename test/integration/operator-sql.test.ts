import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, openCatalog } from '../../local/database/catalog.ts';
import { type PostgresServer, startPostgres } from '../../local/database/embedded-postgres.ts';
import { sqlScript } from '../../operator/sql/script.ts';
import { userSql } from '../../operator/sql/user-sql.ts';

let server: PostgresServer;
let catalog: Catalog;
beforeAll(async () => {
  server = await startPostgres();
  catalog = openCatalog(server);
  await catalog.query('postgres', 'CREATE ROLE rds_iam');
});
afterAll(() => server.stop());

const database = { engine: 'postgres', dbname: 'orders' } as const;

async function run(user: string, options: { readonly beside?: string } = {}): Promise<void> {
  await catalog.query('postgres', sqlScript('users', [userSql(database, user, options)]));
}

async function roleOf(user: string) {
  const roles = 'SELECT rolcanlogin, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = $1';
  return catalog.query('postgres', roles, [user]);
}

describe('the statements of `registry sql`, in PostgreSQL', () => {
  it.each([
    'orders_app',
    'Orders.App',
    'o"rders',
    "o'rders",
    'back\\slash',
    "back\\'slash",
    '$tokenvend$',
    '";DROP ROLE rds_iam;--',
    "'; DROP ROLE rds_iam; --",
    'jürgen',
  ])('create %s, and change nothing the second time', async (user) => {
    await run(user);
    const once = await roleOf(user);

    await run(user);

    expect(once).toEqual([{ rolcanlogin: true, rolsuper: false, rolcreaterole: false }]);
    expect(await roleOf(user)).toEqual(once);
    expect(await catalog.usesIam(user)).toBe(true);
  });

  it('turn a user with a password into one that uses IAM', async () => {
    await catalog.query('postgres', "CREATE ROLE old NOLOGIN PASSWORD 'x'");

    await run('old');

    expect(await catalog.usesIam('old')).toBe(true);
    expect(await roleOf('old')).toMatchObject([{ rolcanlogin: true }]);
  });

  it('give a second user the rights of the first, which keeps its password', async () => {
    await catalog.query(
      'postgres',
      "CREATE ROLE app LOGIN PASSWORD 'x'; CREATE TABLE kept (); GRANT SELECT ON kept TO app",
    );

    await run('app_iam', { beside: 'app' });
    await run('app_iam', { beside: 'app' });

    const may = "SELECT has_table_privilege('app_iam', 'kept', 'SELECT') AS may";
    expect(await catalog.query('postgres', may)).toEqual([{ may: true }]);
    expect(await catalog.usesIam('app_iam')).toBe(true);
    expect(await catalog.usesIam('app')).toBe(false);
  });
});
