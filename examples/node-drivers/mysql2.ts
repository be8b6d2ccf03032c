import mysql, { type RowDataPacket } from 'mysql2/promise';
import { createTokenSource, mysql2Options, withFreshToken } from 'tokenvend';

const source = createTokenSource();
const target = { database: 'ledger', user: 'ledger_app' };
const pool = mysql.createPool(
  await mysql2Options(source, target, {
    connectAttributes: { program_name: 'shop' },
    connectionLimit: 4,
  }),
);

export async function currentUser(): Promise<unknown> {
  const connection = await withFreshToken(source, target, () => pool.getConnection());
  try {
    const [rows] = await connection.query<RowDataPacket[]>('select current_user() as name');
    return rows[0]?.name;
  } finally {
    connection.release();
  }
}

export const end = () => pool.end();
