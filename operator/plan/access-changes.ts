import { canonicalJson } from '../../core/registry/content-version.ts';
import type { Member } from '../../core/registry/model.ts';
import { changedIds, restricted } from './changed-databases.ts';
import { type Holding, holdingsOf, type PlannedRegistry } from './planned-registry.ts';
import { difference, type LimitChange, type ReachedUser, reached } from './reach.ts';
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
