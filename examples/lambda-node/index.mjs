import { readFileSync } from 'node:fs';
import pg from 'pg';

// The extension's answer has all that a connection needs; nothing about the database is configured here
// but its name and user in the registry.
const { TOKENVEND_PORT = '2777', EXAMPLE_TARGET = 'orders/orders_app' } = process.env;
const [database = '', user = ''] = EXAMPLE_TARGET.split('/');
const url = `http://127.0.0.1:${TOKENVEND_PORT}/v1/tokens?${new URLSearchParams({ database, user })}`;

// Only this function's processes know it. Under SnapStart there is no session token.
const localToken = process.env.AWS_SESSION_TOKEN ?? process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN;

async function vend() {
  const response = await fetch(url, { headers: { 'x-tokenvend-token': localToken } });
  const answer = await response.json();
  // The code and the request id are what the platform team asks for.
  if (!response.ok) throw new Error(`tokenvend: ${answer.code}, request ${answer.requestId}`);
  return answer;
}

// At module top level: the extension holds the request until it has a token.
const first = await vend();

const pool = new pg.Pool({
  host: first.database.host,
  port: first.database.port,
  database: first.database.dbname,
  user: first.user,
  // Asked for each new connection: tokens end after 15 minutes, connections do not.
  password: async () => (await vend()).token,
  ssl: { ca: readFileSync(first.tls.ca.file, 'utf8'), servername: first.tls.serverName },
  max: 1,
});

/** Answers with who the database takes the function for. */
export async function handler() {
  const { rows } = await pool.query('select current_user as "user", now() as "now"');
  return rows[0];
}
