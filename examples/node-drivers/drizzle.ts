import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { createTokenSource, pgOptions } from 'tokenvend';

const source = createTokenSource();
const target = { database: 'orders', user: 'orders_app' };
const pool = new Pool(await pgOptions(source, target, { max: 4 }));
pool.on('error', (error) => console.error(`idle connection lost: ${error.message}`));

const db = drizzle({ client: pool });

export async function currentUser(): Promise<unknown> {
  const { rows } = await db.execute(sql`select current_user`);
  return rows[0]?.current_user;
}

export const end = () => pool.end();
