import type { CredentialStore } from './aws/credentials.ts';
import { checkRdsToken } from './aws/rds-connect.ts';
import type { Roles } from './aws/roles.ts';
import type { PamDecisions } from './database/pam-verifier.ts';
import {
  type DatabaseOptions,
  type LocalDatabase,
  startDatabase,
} from './database/rds-postgres.ts';
import { startSystemPostgres } from './database/system-postgres.ts';
import { databaseAccount, ordersDatabase, region } from './organization.ts';
import type { CertificateAuthority } from './pki.ts';

export interface OrdersDatabase extends LocalDatabase {
  /** Why logins were refused, oldest first: what RDS writes to the log `iam-db-auth-error`. */
  readonly refusals: readonly string[];
}

/** What the organization's databases need of the rest: certificates, IAM, the time. */
export interface OrdersParts {
  readonly authority: CertificateAuthority;
  readonly credentials: CredentialStore;
  readonly roles: Roles;
  readonly clock: () => Date;
  readonly port: number;
}

/** Starts the organization's database, which asks the local IAM about every token. */
export function startOrdersDatabase(parts: OrdersParts): Promise<OrdersDatabase> {
  return startWith(startDatabase, parts);
}

/** The same with PostgreSQL from Debian's packages. @throws Error that says what to install. */
export function startSystemOrdersDatabase(parts: OrdersParts): Promise<OrdersDatabase> {
  return startWith(startSystemPostgres, parts);
}

async function startWith(
  start: (options: DatabaseOptions & PamDecisions) => Promise<LocalDatabase>,
  parts: OrdersParts,
): Promise<OrdersDatabase> {
  const { authority, credentials, roles, clock } = parts;
  const { host, name, users, resourceId } = ordersDatabase;
  const place = { host, region, account: databaseAccount, resourceIds: [resourceId] };
  const refusals: string[] = [];
  const database: LocalDatabase = await start({
    names: [host],
    certificate: await authority.issueServer([host]),
    databases: [name],
    roles: users,
    port: parts.port,
    checkToken: async ({ token, user }) => {
      const aws = { credentials, roles, now: clock() };
      return checkRdsToken({ token, user, ...place, port: database.port, ...aws });
    },
    onRefusal: ({ reason }: { readonly reason: string }) => refusals.push(reason),
  });
  return { ...database, refusals };
}
