import type { JwtMember, Match, Member, RegistryDocument } from '../../core/registry/model.ts';
import { covers } from './covers.ts';
import { ruleText, valueText } from './rule.ts';

/** A member that admits others than before. */
export interface RuleChange {
  /** `team/member` */
  readonly member: string;
  /** `widened` admits everybody of before and more, `narrowed` the other way round, `replaced` neither. */
  readonly how: 'widened' | 'narrowed' | 'replaced';
  readonly before: string;
  readonly after: string;
  /** Whom it admits newly, a sentence for each condition that was loosened. */
  readonly newlyAdmits: readonly string[];
}

/** The members of both versions whose conditions differ. */
export function ruleChanges(before: RegistryDocument, after: RegistryDocument): RuleChange[] {
  const old = new Map(before.members.map((member) => [nameOf(member), member]));
  return after.members.flatMap((now) => {
    const was = old.get(nameOf(now));
    if (was === undefined || ruleText(was) === ruleText(now)) return [];
    const member = nameOf(now);
    const how = relation(was, now);
    const newlyAdmits = how === 'widened' ? loosened(was, now) : [];
    return [{ member, how, before: ruleText(was), after: ruleText(now), newlyAdmits }];
  });
}

const nameOf = ({ team, name }: Member): string => `${team}/${name}`;

function relation(was: Member, now: Member): RuleChange['how'] {
  if (covers(now, was)) return 'widened';
  return covers(was, now) ? 'narrowed' : 'replaced';
}

function loosened(was: Member, now: Member): string[] {
  if (was.kind !== 'jwt' || now.kind !== 'jwt') {
    return ['a principal that is made anew under the name'];
  }
  const wanted = conditionsOf(now);
  return [...conditionsOf(was)].flatMap(([key, match]) => {
    const looser = wanted.get(key);
    if (looser === undefined) return [`any ${key}, where it was ${valueText(match)}`];
    if (valueText(looser) === valueText(match)) return [];
    return [`every ${key} below ${valueText(looser)}, where it was ${valueText(match)}`];
  });
}

const conditionsOf = ({ subject, claims }: JwtMember): ReadonlyMap<string, Match> =>
  new Map([
    ...(subject === undefined ? [] : [['subject', subject] as const]),
    ...claims.map(({ key, match }) => [`claim ${key}`, match] as const),
  ]);
