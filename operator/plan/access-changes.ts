import { canonicalJson } from '../../core/registry/content-version.ts';
import type { Member, RegistryDocument } from '../../core/registry/model.ts';
import { userArns } from '../user-arn.ts';
import { earlier, isWithin, type Limits, limitsText } from './limits.ts';
import {
  type Holding,
  holdingsOf,
  type PlacedUser,
  type PlannedRegistry,
} from './planned-registry.ts';
import { ruleText } from './rule.ts';

/** What changes for everybody whom these rules admit. */
export interface AccessChange {
  /** Rules with the same change. */
  readonly rules: readonly Member[];
  readonly gained: readonly ReachedUser[];
  readonly lost: readonly ReachedUser[];
  /** Reached before and after, under other limits. */
  readonly limited: readonly LimitChange[];
}

export interface ReachedUser {
  /** `database/user` */
  readonly name: string;
  readonly arn: string;
  readonly limits: string;
}

export interface LimitChange extends ReachedUser {
  /** The limits of before; `limits` are the new ones. */
  readonly before: string;
  /** Whether something is permitted now that was not. */
  readonly relaxed: boolean;
}

/**
 * The difference in access, principal by principal: rules that have the same grantees before and after
 * share one comparison, and databases that have not changed are compared for nobody who keeps theirs.
 * So 100,000 databases cost what has changed of them, not their product with the members.
 */
export function accessChanges(before: PlannedRegistry, after: PlannedRegistry): AccessChange[] {
  const changed = changedIds(before.document, after.document);
  const kept = [restricted(before, changed), restricted(after, changed)] as const;
  return [...groupsOf(before, after)]
    .map(({ old, now, rules }) => {
      const [was, is] = textOfHoldings(old) === textOfHoldings(now) ? kept : [before, after];
      return { rules, ...difference(reached(was, old), reached(is, now)) };
    })
    .filter(({ gained, lost, limited }) => gained.length + lost.length + limited.length > 0);
}

/** Rules with the same grantees before, and the same after. */
interface Group {
  readonly old: readonly Holding[];
  readonly now: readonly Holding[];
  readonly rules: Member[];
}

function groupsOf(before: PlannedRegistry, after: PlannedRegistry): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const rule of rulesOf([before, after])) {
    const [old, now] = [holdingsOf(rule, before), holdingsOf(rule, after)];
    const key = `${textOfHoldings(old)} ${textOfHoldings(now)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { old, now, rules: [rule] });
    else group.rules.push(rule);
  }
  return groups.values();
}

/** Each rule once, whatever its members are called. */
function rulesOf(registries: readonly PlannedRegistry[]): Iterable<Member> {
  const members = registries.flatMap(({ document }) => document.members);
  return new Map(members.map((member) => [ruleText(member), member])).values();
}

const textOfHoldings = (holdings: readonly Holding[]): string =>
  JSON.stringify(holdings.map((holding) => canonicalJson(holding)).sort());

/** Resource ids of databases that differ. By id and not by name: two databases may open the same data. */
function changedIds(before: RegistryDocument, after: RegistryDocument): ReadonlySet<string> {
  const old = new Map(before.databases.map((database) => [database.name, database]));
  const now = new Map(after.databases.map((database) => [database.name, database]));
  const ids = new Set<string>();
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const pair = [old.get(name), now.get(name)];
    // Both are compiled, which writes the same content in the same order.
    if (JSON.stringify(pair[0]) === JSON.stringify(pair[1])) continue;
    for (const id of pair.flatMap((database) => database?.resourceIds ?? [])) ids.add(id);
  }
  return ids;
}

/** The same without the databases that have none of the ids. */
function restricted(registry: PlannedRegistry, ids: ReadonlySet<string>): PlannedRegistry {
  const entries = [...registry.usersByGrantee].map(([grantee, users]): [string, PlacedUser[]] => [
    grantee,
    users.filter(({ database }) => database.resourceIds.some((id) => ids.has(id))),
  ]);
  return { ...registry, usersByGrantee: new Map(entries) };
}

type Reached = Map<string, { readonly name: string; readonly limits: Map<string, Limits> }>;

/** The users within reach, by ARN. */
function reached({ usersByGrantee }: PlannedRegistry, holdings: readonly Holding[]): Reached {
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

function difference(before: Reached, after: Reached): Omit<AccessChange, 'rules'> {
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
