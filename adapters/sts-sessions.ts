import { VendError } from '../core/errors.ts';
import { sessionIsDoubtful, sessionIsFresh, sessionMaySign } from '../core/lifetime.ts';
import type { Counters, Log } from '../core/log.ts';
import type { Session, SessionPlan } from '../core/session.ts';
import type { CallerLimits } from './caller-limits.ts';
import { recentlyUsed } from './recently-used.ts';

export interface StsSessionsDependencies {
  readonly assumeRole: (plan: SessionPlan) => Promise<Session>;
  readonly limits: CallerLimits;
  readonly clock: () => Date;
  readonly log: Log;
  readonly counters: Counters;
  /** Sessions kept at most; the least recently used one goes first. */
  readonly maxSessions: number;
}

/** STS's "no" is remembered this long, so that a caller who insists does not cost a call each time. */
const refusalMs = 10_000;

interface Refusal {
  readonly error: VendError;
  readonly at: Date;
}

/**
 * Keeps one STS session per caller, role, external id, region and session policy.
 *
 * The key holds no registry version: a publish must not empty the cache. A key has at most one call
 * in flight, which belongs to no caller: whoever gives up waiting takes nobody else's answer away.
 */
export function createStsSessions(deps: StsSessionsDependencies): {
  obtain(plan: SessionPlan, fresh: boolean): Promise<Session>;
} {
  const sessions = recentlyUsed<Session>(deps.maxSessions);
  const refusals = recentlyUsed<Refusal>(deps.maxSessions);
  const inFlight = new Map<string, Promise<Session>>();

  /** Once for each call, however many wait for it. After a "no", the old session is not to be used either. */
  const noteFailure = (key: string, { roleArn }: SessionPlan, error: unknown): void => {
    if (isRefusal(error)) {
      sessions.delete(key);
      refusals.set(key, { error, at: deps.clock() });
      deps.log.error('STS_REFUSED', { reason: error.reason, roleArn });
      return;
    }
    const reason = error instanceof VendError ? error.reason : 'unexpected';
    if (reason === 'own-credentials-refused') {
      deps.counters.add('OwnCredentialsRefused');
      deps.log.error('OWN_CREDENTIALS_REFUSED');
      return;
    }
    if (reason === 'sts-throttled') deps.counters.add('StsThrottled');
    deps.log.warn('STS_FAILED', { reason, roleArn });
  };

  const assume = async (key: string, plan: SessionPlan): Promise<Session> => {
    deps.limits.take(plan.callerKey, key);
    deps.counters.add('StsCall');
    try {
      const session = await deps.assumeRole(plan);
      sessions.set(key, session);
      return session;
    } catch (error) {
      noteFailure(key, plan, error);
      throw error;
    }
  };

  const assumeOnce = (key: string, plan: SessionPlan): Promise<Session> => {
    const running = inFlight.get(key);
    if (running !== undefined) return running;
    const started = assume(key, plan).finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return started;
  };

  /** What is left when no new session can be had: the old one, to its end. */
  const fallBack = (key: string, error: unknown): Session => {
    const now = deps.clock();
    const old = sessions.get(key);
    if (old === undefined || !sessionMaySign(old.expiresAt, now)) throw error;
    if (!sessionIsFresh(old.expiresAt, now)) {
      deps.counters.add('SessionUsedToItsEnd');
      deps.log.warn('SESSION_USED_TO_ITS_END', { expiresAt: old.expiresAt.toISOString() });
    }
    return old;
  };

  return {
    async obtain(plan, fresh) {
      const key = keyOf(plan);
      const now = deps.clock();
      const known = sessions.get(key);
      const due = known === undefined || !sessionIsFresh(known.expiresAt, now);
      if (known && !due && !(fresh && sessionIsDoubtful(known.assumedAt, now))) return known;
      const refusal = refusals.get(key);
      if (refusal !== undefined && isRecent(refusal, now)) throw refusal.error;
      try {
        return await assumeOnce(key, plan);
      } catch (error) {
        return fallBack(key, error);
      }
    },
  };
}

function isRefusal(error: unknown): error is VendError {
  return (
    error instanceof VendError &&
    (error.reason === 'role-not-assumable' || error.reason === 'session-request-invalid')
  );
}

/** Not one from ahead of us: a clock that was set back would keep it for as long as it went. */
function isRecent(refusal: Refusal, now: Date): boolean {
  const ageMs = now.getTime() - refusal.at.getTime();
  return ageMs >= 0 && ageMs < refusalMs;
}

/** As JSON, so that no two plans share a key whatever their parts hold. */
function keyOf(plan: SessionPlan): string {
  const { callerKey, roleArn, externalId, region, policy } = plan;
  return JSON.stringify([callerKey, roleArn, externalId ?? null, region, policy]);
}
