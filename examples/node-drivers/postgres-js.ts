import postgres from 'postgres';
import { createTokenSource, pgOptions } from 'tokenvend';

const source = createTokenSource();
const target = { database: 'orders', user: 'orders_app' };
const { host, port, database, user, password, ssl, application_name } = await pgOptions(
  source,
  target,
);

const sql = postgres({
  host,
  port,
  database,
  username: user,
  password: () => password(),
  ssl,
  connection: { application_name },
  max: 4,
});

export async function currentUser(): Promise<unknown> {
  const [row] = await sql`select current_user`;
  return row?.current_user;
}

export const end = () => sql.end();
