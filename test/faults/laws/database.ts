import { parseToken } from '../../../core/token.ts';
import type { KnownKeys } from '../../../local/aws/access-key.ts';
import { checkRdsToken } from '../../../local/aws/rds-connect.ts';
import type { Roles } from '../../../local/aws/roles.ts';
import {
  databaseAccount,
  ledgerDatabase,
  ordersDatabase,
  region,
} from '../../../local/organization.ts';

/** The databases, as far as a login goes: the last word on how long a token is good. */
export interface Databases {
  /** Seconds for which a login with the token would still succeed; 0 where none would now. */
  leftSeconds(token: string): number;
}

export function createDatabases(deps: {
  readonly credentials: KnownKeys;
  readonly roles: Roles;
  readonly nowMs: () => number;
}): Databases {
  const { credentials, roles, nowMs } = deps;
  return {
    leftSeconds(token) {
      const parts = parseToken(token);
      const database = [ordersDatabase, ledgerDatabase].find(({ host }) => host === parts?.host);
      const session = credentials.find(parts?.accessKeyId ?? '');
      if (parts === undefined || database === undefined || session?.kind !== 'session') return 0;
      const login = checkRdsToken({
        token,
        host: database.host,
        port: database === ordersDatabase ? 5432 : 3306,
        region,
        account: databaseAccount,
        resourceIds: [database.resourceId],
        user: parts.user,
        now: new Date(nowMs()),
        credentials,
        roles,
      });
      const endMs = Math.min(
        parts.signedAt.getTime() + parts.expiresInSeconds * 1000,
        session.expiresAt.getTime(),
      );
      return login.ok ? (endMs - nowMs()) / 1000 : 0;
    },
  };
}
