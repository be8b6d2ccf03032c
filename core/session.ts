import { createHash } from 'node:crypto';
import type { Allowed } from './authorize.ts';
import { callerKey, type Identity, principalOf } from './identity.ts';
import { sessionDurationSeconds } from './lifetime.ts';
import type { Database } from './registry/model.ts';

/** What to ask STS for: one AssumeRole, narrowed to one database user. */
export interface SessionPlan {
  readonly callerKey: string;
  readonly roleArn: string;
  readonly externalId?: string;
  /** The database's region; part of the cache key through the policy as well. */
  readonly region: string;
  readonly durationSeconds: number;
  readonly roleSessionName: string;
  readonly sourceIdentity: string;
  /** JSON of a policy with exactly one statement. */
  readonly policy: string;
}

/** Credentials of an assumed role. Secret: never logged, never sent to a client. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly assumedAt: Date;
  readonly expiresAt: Date;
}

/**
 * Plans the STS session for an allowed request.
 *
 * The session name depends on the caller alone, so that RDS sees one identity however often it is
 * assumed. No session tags: each one lengthens the token, which is the client's password.
 */
export function planSession(identity: Identity, allowed: Allowed): SessionPlan {
  const { database, user, grant } = allowed;
  const name = sessionNameOf(identity);
  return {
    callerKey: callerKey(identity),
    roleArn: grant.roleArn,
    ...(grant.externalId === undefined ? {} : { externalId: grant.externalId }),
    region: database.region,
    durationSeconds: sessionDurationSeconds,
    roleSessionName: name,
    sourceIdentity: name,
    policy: sessionPolicy(database, user.name),
  };
}

/** STS AssumeRole, `Policy`: at most so many characters. What it packs them into has a limit that AWS does not tell. */
export const maxPolicyLength = 2048;

/**
 * The policy that narrows a session to one database user. Also for the check of a registry, so that a
 * user whose policy STS would refuse is found before anybody asks for a token.
 */
export function sessionPolicy(
  database: Pick<Database, 'partition' | 'region' | 'account' | 'resourceIds'>,
  user: string,
): string {
  const { partition, region, account, resourceIds } = database;
  const resources = resourceIds.map(
    (id) => `arn:${partition}:rds-db:${region}:${account}:dbuser:${id}/${user}`,
  );
  return inLatin1(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'rds-db:connect', Resource: resources }],
    }),
  );
}

/** STS takes a policy of Latin-1 characters only; JSON can spell all others with escapes of six. */
function inLatin1(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** STS: RoleSessionName and SourceIdentity hold 2 to 64 characters of `[\w+=,.@-]`. */
const maxNameLength = 64;
const hashLength = 16;

/**
 * A name that fits STS whatever the subject holds: a readable part, and a hash that keeps two callers
 * apart whose readable parts coincide. The audit record maps it back to the caller.
 */
export function sessionNameOf(identity: Identity): string {
  const hash = createHash('sha256').update(callerKey(identity)).digest('hex').slice(0, hashLength);
  const readable = principalOf(identity).replace(/[^A-Za-z0-9_+=,.@-]+/g, '-');
  return `${readable.slice(0, maxNameLength - hashLength - 1)}-${hash}`;
}
