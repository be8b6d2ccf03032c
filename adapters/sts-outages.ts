import { type Bucket, type RateLimit, take } from '../core/rate-limit.ts';
import { recentlyUsed } from './recently-used.ts';

/**
 * Keeps a storm of callers from an STS that fails. No caller pays for its calls then, so that
 * something else has to bound them.
 */
export interface StsOutages {
  /** @throws what STS failed with last, where it fails and has been asked often enough for now. */
  check(key: string): void;
  /** Spends a try. Calls that STS answers spend none, so that an outage ends with the first of them. */
  noteFailure(key: string, error: unknown): void;
}

/** Fast enough for a client that comes again when it was told to, after 2 s (`assume-role.ts`). */
const perTarget: RateLimit = { burst: 5, perSecond: 1 / 2 };

/**
 * For all callers of one execution environment, however many they are. Twenty environments with two tries a
 * call come to 80 of the 600 calls a second that STS allows an account.
 */
const together: RateLimit = { burst: 20, perSecond: 2 };

export function createStsOutages(deps: {
  readonly clock: () => Date;
  /** Targets that fail remembered at most. */
  readonly maxTargets: number;
}): StsOutages {
  const failing = recentlyUsed<{ readonly error: unknown; readonly tries: Bucket }>(
    deps.maxTargets + 1,
  );

  return {
    check(key) {
      for (const { scope, limit } of scopesOf(key)) {
        const known = failing.get(scope);
        if (known === undefined) continue;
        const { taken, bucket } = take(known.tries, limit, deps.clock());
        if (taken) continue;
        failing.set(scope, { ...known, tries: bucket });
        throw known.error;
      }
    },
    noteFailure(key, error) {
      for (const { scope, limit } of scopesOf(key)) {
        const { bucket } = take(failing.get(scope)?.tries, limit, deps.clock());
        failing.set(scope, { error, tries: bucket });
      }
    },
  };
}

interface Scope {
  readonly scope: string;
  readonly limit: RateLimit;
}

const scopesOf = (key: string): readonly Scope[] => [
  { scope: `target ${key}`, limit: perTarget },
  { scope: 'all', limit: together },
];
