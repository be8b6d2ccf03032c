import { userArns } from '../user-arn.ts';
import { earlier, isWithin, type Limits, limitsText } from './limits.ts';
import type { Holding, PlannedRegistry } from './planned-registry.ts';

/** A database user that somebody can log in as. */
export interface ReachedUser {
  /** `database/user` */
  readonly name: string;
  readonly arn: string;
  readonly limits: string;
}

/** The same, whose limits change. */
export interface LimitChange extends ReachedUser {
  /** The limits of before; `limits` are the new ones. */
  readonly before: string;
  /** Whether something is permitted now that was not. */
  readonly relaxed: boolean;
}

interface Difference {
  readonly gained: readonly ReachedUser[];
  readonly lost: readonly ReachedUser[];
  readonly limited: readonly LimitChange[];
}

/** By ARN: a name of the user, and the limits under which it is reached. */
export type Reached = Map<string, { readonly name: string; readonly limits: Map<string, Limits> }>;

/** The users within reach, by ARN. */
export function reached(
  { usersByGrantee }: PlannedRegistry,
  holdings: readonly Holding[],
): Reached {
  const found: Reached = new Map();
  for (const { grantee, notAfterMs } of holdings) {
    for (const { database, user } of usersByGrantee.get(grantee) ?? []) {
      const end = earlier(notAfterMs, user.notAfterMs);
      const cidrs = user.vendFromCidrs === undefined ? {} : { cidrs: user.vendFromCidrs };
      for (const arn of userArns(database, user.name)) {
        add(found, arn, `${database.name}/${user.name}`, { ...cidrs, ...end });
      }
    }
  }
  return found;
}

function add(found: Reached, arn: string, name: string, limits: Limits): void {
  const entry = found.get(arn) ?? { name, limits: new Map() };
  entry.limits.set(limitsText(limits), limits);
  found.set(arn, entry);
}

/** What is reached only before, only after, and both times under other limits. */
export function difference(before: Reached, after: Reached): Difference {
  return {
    gained: missingFrom(before, after),
    lost: missingFrom(after, before),
    limited: [...after].flatMap(([arn, { name, limits }]) => {
      const old = before.get(arn)?.limits;
      const [texts, oldTexts] = [textOf(limits), textOf(old)];
      if (old === undefined || texts === oldTexts) return [];
      const relaxed = ![...limits.values()].every((one) => isPermitted(one, [...old.values()]));
      return [{ name, arn, before: oldTexts, limits: texts, relaxed }];
    }),
  };
}

const isPermitted = (limits: Limits, by: readonly Limits[]): boolean =>
  by.some((outer) => isWithin(limits, outer));

const missingFrom = (other: Reached, here: Reached): ReachedUser[] =>
  [...here].flatMap(([arn, { name, limits }]) =>
    other.has(arn) ? [] : [{ name, arn, limits: textOf(limits) }],
  );

const textOf = (limits: ReadonlyMap<string, Limits> | undefined): string =>
  [...(limits?.keys() ?? [])].sort().join(', or ');
