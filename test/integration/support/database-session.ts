import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { ordersDatabase } from '../../../local/organization.ts';
import type { Stack } from '../../../local/stack.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly applicationName?: string;
}

/** Opens the orders database over verified TLS, as a client of RDS would. */
export async function connect(stack: Stack, login: Login): Promise<Client> {
  const { user, password, applicationName } = login;
  const client = new Client({
    host: '127.0.0.1',
    port: stack.database.port,
    database: ordersDatabase.name,
    user,
    password,
    ...(applicationName === undefined ? {} : { application_name: applicationName }),
    ssl: { ca: readFileSync(stack.caFile, 'utf8'), servername: ordersDatabase.host },
  });
  await client.connect();
  return client;
}

/** The database's reason for refusing a login, or `opened`. */
export async function refusalOf(stack: Stack, login: Login): Promise<string> {
  try {
    const client = await connect(stack, login);
    await client.end();
    return 'opened';
  } catch {
    return stack.database.refusals.at(-1) ?? 'refused before the token was read';
  }
}
