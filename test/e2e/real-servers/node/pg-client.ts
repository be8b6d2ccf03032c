import { Client, type ClientConfig } from 'pg';
import { caOf, connection, input, question, report } from './driver.ts';

/** `pg`: `json` with the password as a callback, or `url`. */
async function settings(): Promise<ClientConfig> {
  if (process.argv[2] === 'url') return { connectionString: await input() };
  const target = await connection();
  const ca = caOf(target);
  return {
    ...{ host: target.database.host, port: target.database.port, user: target.user },
    database: target.database.dbname,
    application_name: `tv:${target.id}`,
    // Asked for each connection: a pool would fetch a fresh one here.
    password: async () => target.token,
    ssl: ca === undefined ? false : { ca },
  };
}

await report(async () => {
  const client = new Client(await settings());
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<[string]>({ text: question, rowMode: 'array' });
    return rows[0]?.[0] ?? '';
  } finally {
    await client.end();
  }
});
