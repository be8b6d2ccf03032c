import type { Session, SessionPlan } from '../../../core/session.ts';

export interface Sessions {
  obtain(plan: SessionPlan, fresh: boolean): Promise<Session>;
}

/** What is known of one session's place; counted in uses, from the first in this environment. */
interface Place {
  readonly accessKeyId: string;
  /** When the last use began that is over. */
  readonly usedAt: number;
  /** No use of it was later, whether or not it is over. */
  readonly touchedAt: number;
}

/**
 * Tells from outside whether an execution environment keeps more sessions than it has room for: one that
 * comes back although as many others were used since it was must have been kept beside them.
 *
 * Blind to what nobody asks for again, and it counts too few where uses overlap: never too many.
 *
 * @param limits.onExcess Told how many other sessions were used meanwhile.
 */
export function followRoom(
  sessions: Sessions,
  limits: { readonly room: number; readonly onExcess: (others: number) => void },
): Sessions {
  const places = new Map<string, Place>();
  let uses = 0;
  return {
    async obtain(plan, fresh) {
      const key = keyOf(plan);
      const [before, usedAt] = [places.get(key), ++uses];
      const others = before === undefined ? 0 : usedSince(before, places);
      if (before !== undefined) places.set(key, { ...before, touchedAt: usedAt });
      try {
        const { accessKeyId, ...rest } = await sessions.obtain(plan, fresh);
        const isKept = before?.accessKeyId === accessKeyId;
        if (isKept && others >= limits.room) limits.onExcess(others);
        places.set(key, { accessKeyId, usedAt, touchedAt: ++uses });
        return { accessKeyId, ...rest };
      } catch (error) {
        // Whether it is still kept is not to be seen.
        places.delete(key);
        throw error;
      }
    },
  };
}

function usedSince({ touchedAt }: Place, places: ReadonlyMap<string, Place>): number {
  return [...places.values()].filter(({ usedAt }) => usedAt > touchedAt).length;
}

/** The parts of the key of adapters/sts-sessions.ts. */
function keyOf({ callerKey, roleArn, externalId, region, policy }: SessionPlan): string {
  return JSON.stringify([callerKey, roleArn, externalId ?? null, region, policy]);
}
