import type { RegistryDocument } from '../../core/registry/model.ts';
import { accessChanges } from './access-changes.ts';
import { type NameChanges, nameChanges } from './name-changes.ts';
import { prepare } from './planned-registry.ts';
import type { LimitChange, ReachedUser } from './reach.ts';
import { isPattern, ruleText } from './rule.ts';
import { type RuleChange, ruleChanges } from './rule-changes.ts';
import { type SettingChange, settingChanges } from './setting-changes.ts';

/** What publishing one version after the other would mean, the most dangerous first. */
export interface Plan {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly Change[];
}

export type Change =
  | ({ readonly kind: 'setting' } & SettingChange)
  | ({ readonly kind: 'rule' } & RuleChange)
  | { readonly kind: 'renamed'; readonly databases: NameChanges['renamed'] }
  | { readonly kind: 'removed'; readonly databases: NameChanges['removed'] }
  | {
      readonly kind: 'gained' | 'lost';
      /** Who: rules with the same change. */
      readonly rules: readonly string[];
      /** Whether one of the rules is a pattern, which admits callers that nobody has listed. */
      readonly byPattern: boolean;
      readonly users: readonly ReachedUser[];
    }
  | {
      readonly kind: 'relaxed' | 'tightened';
      readonly rules: readonly string[];
      readonly users: readonly LimitChange[];
    };

/**
 * Compares two versions by what they permit: other names of members and teams, another order or other files
 * are no change. Names of databases are: clients ask by them.
 */
export function plan(before: RegistryDocument, after: RegistryDocument): Plan {
  const changes = [
    ...settingChanges(before, after).map((one) => ({ kind: 'setting' as const, ...one })),
    ...ruleChanges(before, after).map((one) => ({ kind: 'rule' as const, ...one })),
    ...accessOf(before, after),
    ...namesOf(before, after),
  ];
  return {
    before: before.version,
    after: after.version,
    changes: changes.sort((one, other) => rank(one) - rank(other)),
  };
}

function accessOf(before: RegistryDocument, after: RegistryDocument): Change[] {
  return accessChanges(prepare(before), prepare(after)).flatMap((change): Change[] => {
    const rules = change.rules.map(ruleText).sort();
    const byPattern = change.rules.some(isPattern);
    const { gained, lost, limited } = change;
    const relaxed = limited.filter((one) => one.relaxed);
    const tightened = limited.filter((one) => !one.relaxed);
    const all: readonly Change[] = [
      { kind: 'gained', rules, byPattern, users: gained },
      { kind: 'lost', rules, byPattern, users: lost },
      { kind: 'relaxed', rules, users: relaxed },
      { kind: 'tightened', rules, users: tightened },
    ];
    return all.filter((one) => 'users' in one && one.users.length > 0);
  });
}

function namesOf(before: RegistryDocument, after: RegistryDocument): Change[] {
  const { renamed, removed } = nameChanges(before, after);
  return [
    ...(renamed.length === 0 ? [] : [{ kind: 'renamed' as const, databases: renamed }]),
    ...(removed.length === 0 ? [] : [{ kind: 'removed' as const, databases: removed }]),
  ];
}

/** Whether a change lets somebody do what nobody reading only the names in it would expect. */
export const isRisky = (change: Change): boolean => rank(change) < firstHarmless;

const firstHarmless = 4;

/** By what could go wrong: a new voice that is believed, then wider rules, then more access, then less. */
function rank(change: Change): number {
  switch (change.kind) {
    case 'setting':
      return change.risky ? 0 : 5;
    case 'rule':
      return { widened: 1, replaced: 5, narrowed: 6 }[change.how];
    case 'relaxed':
      return 2;
    case 'gained':
      return change.byPattern ? 3 : 4;
    case 'renamed':
    case 'removed':
      return 5;
    case 'tightened':
      return 7;
    case 'lost':
      return 8;
  }
}
