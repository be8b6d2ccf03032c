import { createTokenSource, pgOptions } from 'tokenvend';
import { DataSource } from 'typeorm';

const source = createTokenSource();

// TypeORM hands `extra` to pg as it is, and it counts more than the fields beside it.
const db = new DataSource({
  type: 'postgres',
  extra: await pgOptions(source, { database: 'orders', user: 'orders_app' }, { max: 4 }),
});
await db.initialize();

export async function currentUser(): Promise<unknown> {
  const rows = await db.query('select current_user');
  return rows[0].current_user;
}

export const end = () => db.destroy();
