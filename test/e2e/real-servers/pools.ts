import { createPool, type RowDataPacket } from 'mysql2/promise';
import { Pool } from 'pg';
import { mysql2Options, pgOptions, type TokenSource } from '../../../clients/node/index.ts';

/** A driver's pool, set up by the Node library, in which every session that is asked for is a new one. */
export interface TestedPool {
  /** Takes a session out of the pool, and keeps it out. @throws the driver's error. */
  open(): Promise<OpenSession>;
  end(): Promise<unknown>;
}

export interface OpenSession {
  /** The server's id of the session, asked for anew. */
  id(): Promise<unknown>;
  close(): void;
}

export async function pgPool(source: TokenSource): Promise<TestedPool> {
  const pool = new Pool(await pgOptions(source, { database: 'orders' }, { max: 4 }));
  pool.on('error', () => undefined);
  return {
    async open() {
      const client = await pool.connect();
      return {
        id: async () => (await client.query('select pg_backend_pid() as id')).rows[0]?.id,
        close: () => client.release(true),
      };
    },
    end: () => pool.end(),
  };
}

export async function mysql2Pool(source: TokenSource): Promise<TestedPool> {
  const settings = { connectionLimit: 4 };
  const pool = createPool(await mysql2Options(source, { database: 'ledger' }, settings));
  return {
    async open() {
      const connection = await pool.getConnection();
      const ask = () => connection.query<RowDataPacket[]>('select connection_id() as id');
      return { id: async () => (await ask())[0][0]?.id, close: () => connection.destroy() };
    },
    end: () => pool.end(),
  };
}
