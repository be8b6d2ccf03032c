import { sessionIsFresh } from '../../core/lifetime.ts';
import type { Session } from '../../core/session.ts';
import type { Law } from './laws/violations.ts';
import type { PlantedDefect } from './plant.ts';
import type { Step } from './schedule.ts';

const dayMs = 86_400_000;
const quiet = (seconds: number): Step => ({ do: 'pass', seconds, busy: false });

/** As `callers` and `targets` of clients/one-call.ts have them: four sessions that differ. */
const wishes = [
  [0, 0],
  [1, 1],
  [3, 2],
  [0, 3],
] as const;

/** Each wish often enough for both environments to meet it. */
const callsForAll: readonly Step[] = wishes.flatMap(([caller, target]) =>
  Array.from({ length: 5 }).flatMap((): Step[] => [
    { do: 'call', caller, target, fresh: false, giveUpMs: 5_000 },
    quiet(1),
  ]),
);

/** Defects by which something grows: what is looked at, what is kept, what is waited for. */
export const unboundedDefects = {
  'few-looks': {
    // A registry that is opened anew for each request.
    plant: {
      registry: (port) => ({
        ...port,
        open: (process) => ({
          slice: (query) => port.open(process).slice(query),
          issuer: (url) => port.open(process).issuer(url),
          listing: (query) => port.open(process).listing(query),
        }),
      }),
    },
    steps: [{ do: 'pass', seconds: 2, busy: true }],
  },
  'few-sessions': {
    // A cache of sessions, before the one that has a bound, from which nothing is ever pushed out.
    plant: {
      tokens: (deps) => {
        const kept = new Map<string, Session>();
        return {
          ...deps,
          sessions: {
            async obtain(plan, fresh) {
              const key = `${plan.callerKey} ${plan.policy}`;
              const known = fresh ? undefined : kept.get(key);
              if (known && sessionIsFresh(known.expiresAt, deps.clock())) return known;
              const session = await deps.sessions.obtain(plan, fresh);
              kept.set(key, session);
              return session;
            },
          },
        };
      },
    },
    steps: [...callsForAll, ...callsForAll],
  },
  'nothing-left': {
    // A timer for each call, which the answer does not end.
    plant: {
      connections: (connections) => ({
        ...connections,
        send(request, signal) {
          setTimeout(() => undefined, dayMs);
          return connections.send(request, signal);
        },
      }),
    },
    steps: [{ do: 'pass', seconds: 2, busy: true }],
  },
} as const satisfies Partial<Record<Law, PlantedDefect>>;
