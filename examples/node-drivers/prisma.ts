import { PrismaPg } from '@prisma/adapter-pg';
import { createTokenSource, pgOptions } from 'tokenvend';

const source = createTokenSource();
const target = { database: 'orders', user: 'orders_app' };

/** For `new PrismaClient({ adapter })`. Never a URL: Prisma would keep the one token in it. */
export const adapter = new PrismaPg(await pgOptions(source, target, { max: 4 }));

const db = await adapter.connect();

export async function currentUser(): Promise<unknown> {
  const query = { sql: 'select current_user::text', args: [], argTypes: [] };
  const { rows } = await db.queryRaw(query);
  return rows[0]?.[0];
}

export const end = () => db.dispose();
