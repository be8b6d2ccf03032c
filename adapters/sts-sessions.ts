import type { VendError } from '../core/errors.ts';
import { sessionIsDoubtful, sessionIsFresh, sessionMaySign } from '../core/lifetime.ts';
import type { Counters, Log } from '../core/log.ts';
import type { Session, SessionPlan } from '../core/session.ts';
import type { CallerLimits, Permit } from './caller-limits.ts';
import { recentlyUsed } from './recently-used.ts';
import { createRefusalMemory } from './refusal-memory.ts';
import { createSingleFlight } from './single-flight.ts';
import { isRefusal, reportFailure } from './sts-failures.ts';
import { createStsOutages } from './sts-outages.ts';

export interface StsSessionsDependencies {
  readonly assumeRole: (plan: SessionPlan) => Promise<Session>;
  readonly limits: CallerLimits;
  readonly clock: () => Date;
  readonly log: Log;
  readonly counters: Counters;
  /** Sessions kept at most; the least recently used one goes first. */
  readonly maxSessions: number;
}

/**
 * Keeps one STS session per caller, role, external id, region and session policy.
 *
 * The key holds no registry version: a publish must not empty the cache. A key has at most one call
 * in flight.
 */
export function createStsSessions(deps: StsSessionsDependencies): {
  obtain(plan: SessionPlan, fresh: boolean): Promise<Session>;
} {
  const { clock, maxSessions } = deps;
  const sessions = recentlyUsed<Session>(maxSessions);
  const refusals = createRefusalMemory({ clock, maxRefusals: maxSessions });
  const outages = createStsOutages({ clock, maxTargets: maxSessions });
  const flights = createSingleFlight<Session>();

  /** Where STS has answered no, that is the truth to tell, and not that the caller insists. */
  const permitFor = (key: string, { callerKey }: SessionPlan): Permit => {
    try {
      return deps.limits.take(callerKey, key);
    } catch (error) {
      throw refusals.last(key) ?? error;
    }
  };

  const keep = (key: string, session: Session): void => {
    refusals.forget(key);
    sessions.set(key, session);
  };

  /** After a "no", the old session is not to be used either. */
  const giveUp = (key: string, refusal: VendError): void => {
    refusals.note(key, refusal);
    sessions.delete(key);
  };

  const assume = async (key: string, plan: SessionPlan): Promise<Session> => {
    outages.check(key);
    const permit = permitFor(key, plan);
    deps.counters.add('StsCall');
    try {
      const session = await deps.assumeRole(plan);
      keep(key, session);
      return session;
    } catch (error) {
      reportFailure(deps, plan, error);
      if (isRefusal(error)) giveUp(key, error);
      else {
        permit.giveBack();
        outages.noteFailure(key, error);
      }
      throw error;
    }
  };

  return {
    async obtain(plan, fresh) {
      const key = keyOf(plan);
      const known = sessions.get(key);
      if (known !== undefined && serves(known, fresh, clock())) return known;
      const refusal = refusals.recent(key);
      if (refusal !== undefined) throw refusal;
      try {
        return await flights.join(key, () => assume(key, plan));
      } catch (error) {
        return toItsEnd(deps, sessions.get(key), error);
      }
    },
  };
}

/** Not a session that cannot sign for a token's whole life, nor one that `fresh` casts doubt on. */
function serves({ assumedAt, expiresAt }: Session, fresh: boolean, now: Date): boolean {
  return sessionIsFresh(expiresAt, now) && !(fresh && sessionIsDoubtful(assumedAt, now));
}

/** What is left when no new session can be had: the old one, to its end. */
function toItsEnd(
  { clock, counters, log }: StsSessionsDependencies,
  old: Session | undefined,
  error: unknown,
): Session {
  const now = clock();
  if (old === undefined || !sessionMaySign(old.expiresAt, now)) throw error;
  if (!sessionIsFresh(old.expiresAt, now)) {
    counters.add('SessionUsedToItsEnd');
    log.warn('SESSION_USED_TO_ITS_END', { expiresAt: old.expiresAt.toISOString() });
  }
  return old;
}

/** As JSON, so that no two plans share a key whatever their parts hold. */
function keyOf(plan: SessionPlan): string {
  const { callerKey, roleArn, externalId, region, policy } = plan;
  return JSON.stringify([callerKey, roleArn, externalId ?? null, region, policy]);
}
