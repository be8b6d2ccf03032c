import { checkRdsToken } from './aws/rds-connect.ts';
import type { LocalDatabase } from './database/rds-postgres.ts';
import { startSystemMariadb } from './database/system-mariadb.ts';
import type { OrdersDatabase, OrdersParts } from './orders-database.ts';
import { databaseAccount, ledgerDatabase, region } from './organization.ts';

/** The organization's second database: MariaDB, where it was asked for. */
export type LedgerDatabase = Omit<OrdersDatabase, 'query'>;

/**
 * Starts MariaDB from Debian's packages, which asks the local IAM about every token.
 *
 * @throws Error of one sentence where something has to be installed.
 */
export async function startLedgerDatabase(
  parts: Omit<OrdersParts, 'port'>,
): Promise<LedgerDatabase> {
  const { authority, credentials, roles, clock } = parts;
  const { host, name, users, resourceId } = ledgerDatabase;
  const place = { host, region, account: databaseAccount, resourceIds: [resourceId] };
  const refusals: string[] = [];
  const database: Omit<LocalDatabase, 'query'> = await startSystemMariadb({
    certificate: await authority.issueServer([host]),
    databases: [name],
    roles: users,
    checkToken: async ({ token, user }) => {
      const aws = { credentials, roles, now: clock() };
      return checkRdsToken({ token, user, ...place, port: database.port, ...aws });
    },
    onRefusal: ({ reason }) => refusals.push(reason),
  });
  return { ...database, refusals };
}
