import { Pool } from 'pg';
import { createTokenSource, pgOptions, withFreshToken } from 'tokenvend';

const source = createTokenSource();
const target = { database: 'orders', user: 'orders_app' };
const pool = new Pool(await pgOptions(source, target, { application_name: 'shop', max: 4 }));

// Without a listener, one idle connection that breaks ends the process.
pool.on('error', (error) => console.error(`idle connection lost: ${error.message}`));

export async function currentUser(): Promise<unknown> {
  const client = await withFreshToken(source, target, () => pool.connect());
  try {
    const { rows } = await client.query('select current_user');
    return rows[0].current_user;
  } finally {
    client.release();
  }
}

export const end = () => pool.end();
