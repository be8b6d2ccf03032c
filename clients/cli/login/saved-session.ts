import { ClientError } from '../../api-client/client-error.ts';
import type { IdentitySource } from '../../identity/identity-source.ts';
import type { Session } from './session.ts';
import { withLock } from './session-lock.ts';
import type { SessionStore } from './session-store.ts';

/** How asking for a new identity went. `ended`: the provider wants the person back. */
export type Renewal = Session | 'ended' | 'unreachable';

/** What using a session takes. */
export interface SavedSessionDependencies {
  readonly store: SessionStore;
  readonly clock: () => Date;
  /** Asks the provider. Never rejects. */
  readonly renew: (session: Session) => Promise<Renewal>;
}

/** An identity that ends sooner than this is renewed first: the request still has to be made. Milliseconds. */
const leastLifeMs = 60_000;

/**
 * The session that `tokenvend login` left, as a place where an identity is found; `undefined` where
 * there is none for this API.
 *
 * Its `read` rejects with `ClientError` `session-ended`, `session-not-renewed`, or
 * `identity-unreadable` for a file that is not ours alone or not understood.
 */
export function savedSession(
  deps: SavedSessionDependencies,
): () => Promise<IdentitySource | undefined> {
  return async () => {
    if ((await deps.store.read()) === 'none') return undefined;
    return {
      description: `the session of tokenvend login (${deps.store.path})`,
      read: () => identityOf(deps),
    };
  };
}

async function identityOf(deps: SavedSessionDependencies): Promise<string> {
  const session = await readable(deps.store);
  if (lives(session, deps.clock(), leastLifeMs)) return session.identity;
  if (session.refreshToken === undefined) return lastOf(session, deps.clock(), 'session-ended');
  const lock = { path: `${deps.store.path}.lock`, clock: deps.clock };
  return withLock(lock, () => renewedIdentity(deps));
}

/** Reads again: whoever held the lock before has renewed the identity, and used up the refresh token. */
async function renewedIdentity({ store, clock, renew }: SavedSessionDependencies): Promise<string> {
  const session = await readable(store);
  if (lives(session, clock(), leastLifeMs)) return session.identity;
  const renewal = await renew(session);
  if (renewal === 'ended') return lastOf(session, clock(), 'session-ended');
  if (renewal === 'unreachable') return lastOf(session, clock(), 'session-not-renewed');
  // The identity is good for now, even if it cannot be kept.
  await store.write(renewal).catch(() => undefined);
  return renewal.identity;
}

async function readable(store: SessionStore): Promise<Session> {
  const found = await store.read();
  if (found === 'none') throw new ClientError('session-ended');
  if (found === 'unusable') {
    const what = `The session ${store.path} is not yours alone, or not understood`;
    const seen = `${what}: sign in again with tokenvend login.`;
    throw new ClientError('identity-unreadable', { seen });
  }
  return found;
}

/** What is left of an identity that cannot be renewed. */
function lastOf(
  session: Session,
  now: Date,
  reason: 'session-ended' | 'session-not-renewed',
): string {
  if (lives(session, now, 0)) return session.identity;
  throw new ClientError(reason);
}

const lives = ({ expiresAt }: Session, now: Date, leastMs: number): boolean =>
  expiresAt.getTime() - now.getTime() > leastMs;
