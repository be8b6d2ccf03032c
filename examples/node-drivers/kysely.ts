import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { createTokenSource, pgOptions } from 'tokenvend';

/** Your tables. */
type Database = Record<string, never>;

const source = createTokenSource();
const target = { database: 'orders', user: 'orders_app' };
const pool = new Pool(await pgOptions(source, target, { max: 4 }));
pool.on('error', (error) => console.error(`idle connection lost: ${error.message}`));

const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });

export async function currentUser(): Promise<unknown> {
  const { rows } = await sql<{ current_user: string }>`select current_user`.execute(db);
  return rows[0]?.current_user;
}

export const end = () => db.destroy();
