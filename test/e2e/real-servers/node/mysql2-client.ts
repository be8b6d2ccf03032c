import { type ConnectionOptions, createConnection, type RowDataPacket } from 'mysql2/promise';
import { type Connection, caOf, connection, question, report } from './driver.ts';

/** `mysql2`: `json`, with the token from a callback (`authPlugins`) or as a password of its own. */
function password({ token }: Connection): ConnectionOptions {
  if (process.argv[2] === 'password') return { password: token, enableCleartextPlugin: true };
  // Asked for each connection: a pool would fetch a fresh one here.
  return { authPlugins: { mysql_clear_password: () => async () => Buffer.from(`${token}\0`) } };
}

await report(async () => {
  const target = await connection();
  const ca = caOf(target);
  const client = await createConnection({
    ...{ host: target.database.host, port: target.database.port, user: target.user },
    database: target.database.dbname,
    connectAttributes: { program_name: `tv:${target.id}` },
    ...password(target),
    // Without `verifyIdentity` any certificate of the same CA would do.
    ...(ca === undefined ? {} : { ssl: { ca, verifyIdentity: true } }),
  });
  try {
    const [rows] = await client.query<RowDataPacket[]>({ sql: question, rowsAsArray: true });
    return String(rows[0]?.[0]);
  } finally {
    await client.end();
  }
});
