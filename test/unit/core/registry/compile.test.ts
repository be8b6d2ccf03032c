import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDraft } from '../../../../core/registry/compile.ts';
import { loadRegistry } from '../../../../core/registry/load.ts';
import { keyOfMember } from '../../../../core/registry/member-keys.ts';
import { planSession } from '../../../../core/session.ts';
import { aCaller } from '../../../builders/callers.ts';
import { aDraft, findingsWith } from '../../../builders/drafts.ts';
import {
  aCompiledRegistry,
  aRegistryFile,
  withDatabase,
  withMember,
  withUser,
} from '../../../builders/registry-files.ts';

const compiled = (changes: Parameters<typeof aDraft>[0] = {}) => compileDraft(aDraft(changes));

describe('a compiled registry', () => {
  it('holds its members in the order of their teams, then of their names', () => {
    const member = { issuer: 'cluster', subject: 'a' };
    const { members } = compiled({
      teams: { zoo: { members: { a: member } }, art: { members: { z: member, b: member } } },
    });

    expect(members.map(({ team, name }) => `${team}/${name}`)).toEqual([
      'art/b',
      'art/z',
      'payments/api',
      'payments/deploy',
      'payments/nightly',
      'zoo/a',
    ]);
  });

  it('holds its issuers and databases in the order of their names', () => {
    const draft = aDraft();
    const issuers = new Map([...draft.issuers].reverse());
    const [orders] = draft.databases.values();
    if (orders === undefined) throw new Error('the database was left out of the draft');
    const databases = new Map(['b', 'c', 'a'].map((name) => [name, orders]));
    const document = compileDraft({ ...draft, issuers, databases });

    expect(document.issuers.map(({ name }) => name)).toEqual(['cluster', 'github']);
    expect(document.databases.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('files a member without a subject under the claim that is pinned, not the first', () => {
    const { members } = compiled(
      withMember({ issuer: 'github', claims: { environment: 'production', repository_id: '1' } }),
    );
    const member = members.find(({ name }) => name === 'added');

    expect(member && keyOfMember(member)).toContain('repository_id');
  });

  it('carries the partition of its region into every ARN', () => {
    const { databases } = aCompiledRegistry({
      ...withDatabase({
        host: 'orders.c9akciq32abc.rds.cn-north-1.amazonaws.com.cn',
        region: 'cn-north-1',
      }),
      teams: {
        payments: {
          roles: ['arn:aws-cn:iam::111122223333:role/tokenvend-payments'],
          members: { nightly: undefined },
        },
      },
    });

    expect(databases[0]?.partition).toBe('aws-cn');
  });

  it('is frozen to its leaves', () => {
    const { databases } = compiled();

    expect(Object.isFrozen(databases[0]?.users[0]?.grants[0])).toBe(true);
  });
});

describe('the version of a compiled registry', () => {
  it('is made from its content', () => {
    expect(compiled().version).toMatch(/^sha256:[0-9a-f]{12}$/);
    expect(compiled(withUser('other')).version).not.toBe(compiled().version);
  });

  it('is the one given, if one is', () => {
    expect(loadRegistry([aRegistryFile()], { version: 'v7' })).toMatchObject({
      document: { version: 'v7' },
    });
  });

  it('does not depend on the order of entries, nor on how they are spread over files', () => {
    const teams = 'teams:\n  b: {}\n  a: { owner: x }\n';
    const databases = (names: string[]) =>
      `databases:\n${names.map((name) => `  ${name}: { engine: mysql, port: 3306, host: ${name}.c9akciq32abc.eu-west-1.rds.amazonaws.com, region: eu-west-1, account: "111122223333", resourceId: db-${name.toUpperCase()}, users: {} }\n`).join('')}`;
    const one = loadRegistry([{ file: 'a', text: `version: 1\n${teams}${databases(['y', 'x'])}` }]);
    const other = loadRegistry([
      { file: 'b', text: databases(['x', 'y']) },
      { file: 'a', text: `version: 1\n${teams}` },
    ]);

    expect(one.ok && other.ok && one.document).toEqual(other.ok && other.document);
    expect(one.ok && one.document.databases.map(({ name }) => name)).toEqual(['x', 'y']);
  });
});

const hostileCharacters = [
  'a',
  'b',
  '*',
  '?',
  '$',
  '{',
  '}',
  '/',
  '"',
  '\\',
  ' ',
  '\n',
  '\u0131',
  'é',
];

describe('A16: whatever a registry says', () => {
  const hostile = fc.string({ unit: fc.constantFrom(...hostileCharacters), maxLength: 5 });

  it('no compiled user is more than one user, and its policy has one statement', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        fc.pre(findingsWith(withUser(name)).length === 0);
        const [database] = compiled(withUser(name)).databases;
        const user = database?.users.find((one) => one.name === name);
        const grant = user?.grants[0];
        if (database === undefined || user === undefined || grant === undefined) return false;
        const allowed = {
          allowed: true,
          team: 'payments',
          member: 'api',
          database,
          user,
          grant,
        } as const;
        const policy = JSON.parse(planSession(aCaller(), allowed).policy);

        expect(name).not.toMatch(/[*?${}/\s]/);
        expect(policy.Statement).toHaveLength(1);
        expect(policy.Statement[0].Resource).toEqual([
          `arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-ABCDEFGHIJKLMNOPQRSTUVWXYZ/${name}`,
        ]);
        return true;
      }),
    );
  });

  it('the longest session policy fits what STS takes: 2,048 characters of Latin-1', () => {
    const longId = (letter: string) => `cluster-${letter.repeat(64)}`;
    const { databases } = aCompiledRegistry({
      ...withDatabase({
        engine: 'mariadb',
        host: 'orders.cluster-c9akciq32abc.us-gov-west-1.rds.amazonaws.com',
        region: 'us-gov-west-1',
        resourceId: ['A', 'B', 'C', 'D'].map(longId),
        users: { ['"'.repeat(80)]: { teams: ['payments'] }, orders_app: undefined },
      }),
      teams: {
        payments: {
          roles: ['arn:aws-us-gov:iam::111122223333:role/tokenvend-payments'],
          members: { nightly: undefined },
        },
      },
    });
    const [database] = databases;
    const [user] = database?.users ?? [];
    const [grant] = user?.grants ?? [];
    if (database === undefined || user === undefined || grant === undefined)
      throw new Error('nothing compiled');
    const plan = planSession(aCaller(), {
      allowed: true,
      team: 'payments',
      member: 'api',
      database,
      user,
      grant,
    });

    expect(plan.policy.length).toBeLessThanOrEqual(2_048);
    expect(plan.policy).toMatch(/^[\t\n\r\u0020-\u00ff]+$/);
  });
});
