import knex from 'knex';
import { createTokenSource, pgOptions } from 'tokenvend';

const source = createTokenSource();

// An object, and not a function that gives one: knex would keep what it gave for ever, token included.
const db = knex({
  client: 'pg',
  connection: await pgOptions(source, { database: 'orders', user: 'orders_app' }),
  pool: { min: 0, max: 4 },
});

export async function currentUser(): Promise<unknown> {
  const { rows } = await db.raw('select current_user');
  return rows[0].current_user;
}

export const end = () => db.destroy();
