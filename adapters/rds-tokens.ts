import { Signer } from '@aws-sdk/rds-signer';
import type { Allowed } from '../core/authorize.ts';
import { VendError } from '../core/errors.ts';
import {
  expiresAt,
  refreshAfter,
  tokenLifetimeSeconds,
  tokenMayBeReused,
} from '../core/lifetime.ts';
import type { Session } from '../core/session.ts';
import { parseToken, type TokenParts } from '../core/token.ts';
import type { IssuedToken } from '../core/vend-answer.ts';

/**
 * Cuts RDS tokens with a session's credentials.
 *
 * Tokens live inside their session: when it goes, they go. The same target gets the same string for a
 * minute, because RDS throttles new tokens and not reused ones.
 */
export function createRdsTokens(deps: {
  readonly clock: () => Date;
  /** How a token is signed; the SDK's signer unless told otherwise. */
  readonly sign?: (session: Session, target: Allowed) => Promise<string>;
}): {
  cut(session: Session, target: Allowed, fresh: boolean): Promise<IssuedToken>;
} {
  const sign = deps.sign ?? signWithSdk;
  const issuedBySession = new WeakMap<Session, Map<string, IssuedToken>>();
  return {
    async cut(session, target, fresh) {
      const issued = issuedBySession.get(session) ?? new Map<string, IssuedToken>();
      issuedBySession.set(session, issued);
      const key = keyOf(target);
      const known = issued.get(key);
      if (known && tokenMayBeReused(known.issuedAt, deps.clock(), fresh)) {
        return { ...known, reused: true };
      }
      const token = describe(await sign(session, target), session, target);
      issued.set(key, token);
      return token;
    },
  };
}

function keyOf({ database, user }: Allowed): string {
  return JSON.stringify([database.host, database.port, database.region, user.name]);
}

async function signWithSdk(session: Session, { database, user }: Allowed): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = session;
  const signer = new Signer({
    hostname: database.host,
    port: database.port,
    region: database.region,
    username: user.name,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
  return signer.getAuthToken();
}

/** Reads the times off the token itself, and makes sure that it is for the target and nothing else. */
function describe(token: string, session: Session, target: Allowed): IssuedToken {
  const parts = parseToken(token);
  if (parts === undefined || !isFor(target, session, parts)) {
    throw new VendError('INTERNAL', 'unexpected');
  }
  const end = expiresAt(parts.signedAt, session.expiresAt);
  return {
    token,
    issuedAt: parts.signedAt,
    expiresAt: end,
    refreshAfter: refreshAfter(parts.signedAt, end),
    reused: false,
  };
}

function isFor({ database, user }: Allowed, session: Session, parts: TokenParts): boolean {
  return (
    parts.host === database.host &&
    parts.port === database.port &&
    parts.region === database.region &&
    parts.user === user.name &&
    parts.accessKeyId === session.accessKeyId &&
    parts.expiresInSeconds === tokenLifetimeSeconds
  );
}
