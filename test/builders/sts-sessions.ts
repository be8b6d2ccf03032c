import { createCallerLimits } from '../../adapters/caller-limits.ts';
import { createStsSessions } from '../../adapters/sts-sessions.ts';
import type { Session, SessionPlan } from '../../core/session.ts';
import { aClock, secondsAfter } from './clock.ts';
import { aLog, someCounters } from './ports.ts';
import { aSession } from './sessions.ts';

/** The session cache on top of a scripted STS: what it was asked, and what it is to answer. */
export function sessionsOn(
  assumeRole?: (plan: SessionPlan, call: number) => Promise<Session>,
  options: { readonly maxSessions?: number } = {},
) {
  const clock = aClock();
  const [log, counters] = [aLog(), someCounters()];
  const calls: SessionPlan[] = [];
  const anHour = async (_: SessionPlan, call: number): Promise<Session> =>
    aSession({
      accessKeyId: `ASIAIOSFODNN7EXAMP${call}`,
      assumedAt: clock(),
      expiresAt: secondsAfter(3600, clock()),
    });
  const answer = assumeRole ?? anHour;
  const sessions = createStsSessions({
    assumeRole: (plan) => {
      calls.push(plan);
      return answer(plan, calls.length);
    },
    limits: createCallerLimits({ clock, maxBuckets: 1000 }),
    clock,
    log,
    counters,
    maxSessions: options.maxSessions ?? 100,
  });
  return { sessions, calls, clock, log, counters };
}
