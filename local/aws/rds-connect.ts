import { parseToken, type TokenParts } from '../../core/token.ts';
import type { KnownKeys, Principal } from './access-key.ts';
import { isAuthorized, type Roles } from './roles.ts';
import { type PresignedRefusal, verifyPresigned } from './sigv4-presigned.ts';

/** A login attempt: the token that came as the password, and the database it came to. */
export interface RdsLogin {
  readonly token: string;
  /** The endpoint's own name and port, whatever the client connected to. */
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly account: string;
  /** `db-…`, `cluster-…` or `prx-…`; during a switch-over either of two. */
  readonly resourceIds: readonly string[];
  /** The database user that the client asked for. */
  readonly user: string;
  readonly now: Date;
  readonly credentials: KnownKeys;
  readonly roles: Roles;
}

/** For the log of the local database; its client learns no more than that PAM refused. */
export type RdsRefusal =
  | PresignedRefusal
  | 'wrong-host'
  | 'wrong-port'
  | 'wrong-user'
  | 'wrong-region'
  | 'not-authorized';

/** Whether the login may go on, and as whom it came. */
export type RdsDecision =
  | {
      readonly ok: true;
      /** Of the session that signed: `arn:…:assumed-role/…/…`. */
      readonly arn: string;
      readonly principal: Principal;
    }
  | { readonly ok: false; readonly reason: RdsRefusal };

/**
 * The check that RDS makes when a connection is opened with a token: that it was made for exactly
 * this host, port, region and user, that its signature and the session behind it are good now, and
 * that IAM lets that session connect as the user.
 */
export function checkRdsToken(login: RdsLogin): RdsDecision {
  const parts = parseToken(login.token);
  if (parts === undefined) return { ok: false, reason: 'malformed' };
  const reason = addressRefusal(parts, login);
  if (reason !== undefined) return { ok: false, reason };

  const { now, credentials: keys, roles } = login;
  const verification = verifyPresigned(login.token, parts, { now, keys });
  if (!verification.ok) return verification;

  const { key } = verification;
  const { principal } = key;
  const allowed = resourcesOf(login, principal).some(
    (resource) => isAuthorized(key, roles, { action: 'rds-db:connect', resource }).allowed,
  );
  return allowed
    ? { ok: true, arn: principal.arn, principal }
    : { ok: false, reason: 'not-authorized' };
}

function addressRefusal(parts: TokenParts, login: RdsLogin): RdsRefusal | undefined {
  if (parts.host !== login.host) return 'wrong-host';
  if (parts.port !== login.port) return 'wrong-port';
  if (parts.user !== login.user) return 'wrong-user';
  return parts.region === login.region ? undefined : 'wrong-region';
}

/**
 * The ARNs that would let the principal in. None for a principal of another account: IAM database
 * authentication does not cross accounts. The partition follows from the account.
 */
function resourcesOf(login: RdsLogin, principal: Principal): string[] {
  if (principal.account !== login.account) return [];
  const [, partition = ''] = principal.arn.split(':');
  return login.resourceIds.map(
    (id) => `arn:${partition}:rds-db:${login.region}:${login.account}:dbuser:${id}/${login.user}`,
  );
}
