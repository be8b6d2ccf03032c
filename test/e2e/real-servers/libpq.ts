import type { Attempt } from './attempt.ts';

/** Variables that make libpq read a service file, which names the password file. */
export async function serviceVariables(attempt: Attempt): Promise<Record<string, string>> {
  await attempt.file('pgpass');
  return { PGSERVICE: attempt.target.name, PGSERVICEFILE: await attempt.file('pg-service') };
}
