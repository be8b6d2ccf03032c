import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../../../core/authorize.ts';
import type { Identity } from '../../../../core/identity.ts';
import type { Grant, Member, RegistryDocument } from '../../../../core/registry/model.ts';
import { memberMatches } from '../../../../core/trust-rule.ts';
import { accessChanges } from '../../../../operator/plan/access-changes.ts';
import { prepare } from '../../../../operator/plan/planned-registry.ts';
import { userArns } from '../../../../operator/user-arn.ts';
import { aCaller, anIamCaller } from '../../../builders/callers.ts';
import { startOfTest } from '../../../builders/clock.ts';
import {
  aClaimsMember,
  aDatabase,
  aGrant,
  aMember,
  anIamMember,
} from '../../../builders/registry.ts';

const rules: readonly Member[] = [
  aMember({ subject: { exact: 'a:b:c' } }),
  aMember({ subject: { exact: 'a:b:d' } }),
  aMember({ subject: { prefix: 'a:b:' } }),
  aMember({ subject: { prefix: 'a:' } }),
  aMember({ subject: { prefix: 'a:' }, claims: [{ key: 'env', match: { exact: 'prod' } }] }),
  aClaimsMember([{ key: 'env', match: { exact: 'prod' } }]),
  aClaimsMember([
    { key: 'env', match: { exact: 'prod' } },
    { key: 'ref', match: { prefix: 'refs/' } },
  ]),
  anIamMember(),
  anIamMember({ uniqueId: 'AROAEXAMPLEEXAMPLE12' }),
];

/** For each rule, callers that no other rule of the pool lists one by one. */
const callers: readonly Identity[] = [
  ...['a:b:c', 'a:b:d', 'a:b:e', 'a:b:', 'a:x', 'z'].flatMap((subject) => [
    aCaller({ subject }),
    aCaller({ subject, claims: { env: 'prod', ref: 'refs/heads/main' } }),
    aCaller({ subject, claims: { env: ['test', 'prod'] } }),
  ]),
  anIamCaller(),
  anIamCaller({ uniqueId: 'AROAOTHEROTHEROTHER1' }),
];

const teams = ['red', 'blue'] as const;

const members = fc
  .array(fc.tuple(fc.constantFrom(...teams), fc.nat(2), fc.constantFrom(...rules)), {
    maxLength: 5,
  })
  .map((list) => {
    const named = list.map(([team, at, rule]) => ({ ...rule, team, name: `member-${at}` }));
    return [...new Map(named.map((one) => [`${one.team}/${one.name}`, one])).values()];
  });

const grants = fc
  .uniqueArray(fc.record({ team: fc.constantFrom(...teams), at: fc.option(fc.nat(2)) }), {
    maxLength: 3,
    selector: ({ team, at }) => `${team}/${at}`,
  })
  .map((list): Grant[] =>
    list.map(({ team, at }) =>
      aGrant({ team, ...(at === null ? {} : { member: `member-${at}` }) }),
    ),
  );

const databases = fc.tuple(grants, grants, fc.boolean()).map(([first, second, isShared]) => [
  aDatabase({ name: 'one', resourceIds: ['db-ONE'], users: [{ name: 'u', grants: first }] }),
  aDatabase({
    name: 'two',
    resourceIds: [isShared ? 'db-ONE' : 'db-TWO'],
    users: [{ name: 'u', grants: second }],
  }),
]);

const documents: fc.Arbitrary<RegistryDocument> = fc
  .tuple(members, databases)
  .map(([list, entries]) => ({ version: 'v', issuers: [], members: list, databases: entries }));

/** What a caller can open, asked of the evaluator that vends. */
function opened(identity: Identity, { members, databases }: RegistryDocument): Set<string> {
  const now = { now: startOfTest, sourceIp: undefined };
  const arns = databases.flatMap((database) =>
    teams.flatMap((team) => {
      const slice = { version: 'v', members, database, suspensions: new Set<string>() };
      const wish = { database: database.name, user: 'u', team };
      return authorize(identity, wish, slice, now).allowed ? userArns(database, 'u') : [];
    }),
  );
  return new Set(arns);
}

/** What the plan says that a caller gains, or loses. */
function planned(
  identity: Identity,
  changes: ReturnType<typeof accessChanges>,
  kind: 'gained' | 'lost',
): Set<string> {
  const own = changes.filter(({ rules }) => rules.some((rule) => memberMatches(rule, identity)));
  return new Set(own.flatMap((change) => change[kind].map(({ arn }) => arn)));
}

const difference = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].filter((arn) => !other.has(arn));

describe('the changes of access', () => {
  it('name everything that any caller gains or loses', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const changes = accessChanges(prepare(before), prepare(after));

        for (const caller of callers) {
          const [was, is] = [opened(caller, before), opened(caller, after)];
          const gained = planned(caller, changes, 'gained');
          const lost = planned(caller, changes, 'lost');
          expect(difference(is, was).filter((arn) => !gained.has(arn))).toEqual([]);
          expect(difference(was, is).filter((arn) => !lost.has(arn))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('name as gained what all callers of a rule can open, and not all could', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const changes = accessChanges(prepare(before), prepare(after));

        for (const { rules, gained } of changes) {
          for (const rule of rules) {
            const admitted = callers.filter((caller) => memberMatches(rule, caller));
            for (const { arn } of gained) {
              expect(admitted.every((caller) => opened(caller, after).has(arn))).toBe(true);
              expect(admitted.every((caller) => opened(caller, before).has(arn))).toBe(false);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are none between a version and itself', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(accessChanges(prepare(document), prepare(document))).toEqual([]);
      }),
    );
  });
});
