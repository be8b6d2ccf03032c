import type { CredentialStore } from './aws/credentials.ts';
import { checkRdsToken } from './aws/rds-connect.ts';
import type { Roles } from './aws/roles.ts';
import { type LocalDatabase, startDatabase } from './database/rds-postgres.ts';
import { databaseAccount, ordersDatabase, region } from './organization.ts';
import type { CertificateAuthority } from './pki.ts';

export interface OrdersDatabase extends LocalDatabase {
  /** Why logins were refused, oldest first: what RDS writes to the log `iam-db-auth-error`. */
  readonly refusals: readonly string[];
}

/** Starts the organization's database, which asks the local IAM about every token. */
export async function startOrdersDatabase(parts: {
  readonly authority: CertificateAuthority;
  readonly credentials: CredentialStore;
  readonly roles: Roles;
  readonly clock: () => Date;
  readonly port: number;
}): Promise<OrdersDatabase> {
  const { authority, credentials, roles, clock } = parts;
  const { host, name, users, resourceId } = ordersDatabase;
  const place = { host, region, account: databaseAccount, resourceIds: [resourceId] };
  const refusals: string[] = [];
  const database: LocalDatabase = await startDatabase({
    names: [host],
    certificate: await authority.issueServer([host]),
    databases: [name],
    roles: users,
    port: parts.port,
    checkToken: async ({ token, user }) => {
      const aws = { credentials, roles, now: clock() };
      return checkRdsToken({ token, user, ...place, port: database.port, ...aws });
    },
    onRefusal: ({ reason }) => refusals.push(reason),
  });
  return { ...database, refusals };
}
