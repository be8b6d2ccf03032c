import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRegistry } from '../../../../core/registry/load.ts';
import { keyOfMember } from '../../../../core/registry/member-keys.ts';
import type { RegistryDocument } from '../../../../core/registry/model.ts';
import { planSession } from '../../../../core/session.ts';
import { aCaller } from '../../../builders/callers.ts';
import {
  aCompiledRegistry,
  aRegistryFile,
  withDatabase,
  withIssuer,
  withMember,
  withTeam,
  withUser,
} from '../../../builders/registry-files.ts';

const memberOf = (document: RegistryDocument, name: string) =>
  document.members.find((member) => member.name === name);

describe('a compiled registry', () => {
  it('holds each issuer with its defaults', () => {
    const { issuers } = aCompiledRegistry();

    expect(issuers).toEqual([
      {
        name: 'cluster',
        url: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE',
        audiences: ['https://tokens.example.com'],
        algorithms: ['RS256'],
        keys: {
          kind: 'remote',
          jwksUri: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE/keys',
        },
        maxTokenLifetimeSeconds: 86_400,
        claimKeys: [],
        auditClaims: [],
      },
      expect.objectContaining({ name: 'github', claimKeys: ['ref', 'repository_id'] }),
    ]);
  });

  it('lists every claim that a condition reads, once, for its issuer only', () => {
    const { issuers } = aCompiledRegistry(
      withMember({ issuer: 'cluster', claims: { '/a/b': 'c', level: 3, 'x:': 'y:*' } }),
    );

    expect(issuers.map(({ claimKeys }) => claimKeys)).toEqual([
      ['/a/b', 'level', 'x:'],
      ['ref', 'repository_id'],
    ]);
  });

  it('holds inline keys as they are', () => {
    const key = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: '1' };
    const { issuers } = aCompiledRegistry(
      withIssuer({ jwksUri: undefined, jwks: { keys: [key] } }),
    );

    expect(issuers[0]?.keys).toEqual({ kind: 'inline', jwks: { keys: [key] } });
  });

  it('takes the key addresses that were found for it', () => {
    const file = aRegistryFile(withIssuer({ jwksUri: undefined }));
    const resolvedJwksUris = new Map([['cluster', 'https://keys.example.com']]);
    const loaded = loadRegistry([file], { resolvedJwksUris });

    expect(loaded).toMatchObject({
      ok: true,
      document: { issuers: [{ keys: { jwksUri: 'https://keys.example.com' } }, {}] },
    });
  });

  it('reads conditions by type, and patterns as prefixes', () => {
    const document = aCompiledRegistry(
      withMember({
        issuer: 'cluster',
        subject: 'a:*',
        claims: { on: true, text: 'true', up: 'b/*' },
      }),
    );

    expect(memberOf(document, 'added')).toMatchObject({
      subject: { prefix: 'a:' },
      claims: [
        { key: 'on', match: { exact: true } },
        { key: 'text', match: { exact: 'true' } },
        { key: 'up', match: { prefix: 'b/' } },
      ],
    });
  });

  it('files a member without a subject under the claim that is pinned, not the first', () => {
    const document = aCompiledRegistry(
      withMember({ issuer: 'github', claims: { environment: 'production', repository_id: '1' } }),
    );
    const member = memberOf(document, 'added');

    expect(member && keyOfMember(member)).toContain('repository_id');
  });

  it('names an IAM caller by account and last name', () => {
    const document = aCompiledRegistry(
      withMember({
        iamUser: 'arn:aws:iam::777788889999:user/people/ann',
        iamUserId: 'AIDAEXAMPLEEXAMPLE12',
        notAfter: '2027-01-31T01:00:00+01:00',
      }),
    );

    expect(memberOf(document, 'added')).toEqual({
      team: 'payments',
      name: 'added',
      kind: 'iam',
      account: '777788889999',
      principal: 'user',
      principalName: 'ann',
      uniqueId: 'AIDAEXAMPLEEXAMPLE12',
      notAfterMs: Date.UTC(2027, 0, 31),
    });
  });

  it('gives each grant the role and external id of its team in the account of the database', () => {
    const other = 'arn:aws:iam::444455556666:role/tokenvend-payments';
    const { databases } = aCompiledRegistry({
      ...withTeam({ roles: ['arn:aws:iam::111122223333:role/tokenvend-payments', other] }),
      ...withDatabase({
        account: '444455556666',
        users: { orders_app: { teams: ['payments', 'payments'], members: ['payments/api'] } },
      }),
    });

    const role = { team: 'payments', roleArn: other, externalId: '3f1c7a52-payments' };
    expect(databases[0]?.users[0]?.grants).toEqual([role, { ...role, member: 'api' }]);
  });

  it.each([
    ['an instance', 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com', 'db-A1', 'eu-west-1'],
    ['a proxy', 'orders.proxy-c9akciq32abc.eu-west-1.rds.amazonaws.com', 'prx-a1', 'amazon-roots'],
  ])('names the roots that %s is verified with', (_, host, resourceId, caBundle) => {
    const { databases } = aCompiledRegistry(withDatabase({ host, resourceId }));

    expect(databases[0]?.caBundle).toBe(caBundle);
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
    const { databases } = aCompiledRegistry();

    expect(Object.isFrozen(databases[0]?.users[0]?.grants[0])).toBe(true);
  });
});

describe('the version of a compiled registry', () => {
  it('is made from its content', () => {
    expect(aCompiledRegistry().version).toMatch(/^sha256:[0-9a-f]{12}$/);
    expect(aCompiledRegistry(withUser('other')).version).not.toBe(aCompiledRegistry().version);
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
        const loaded = loadRegistry([aRegistryFile(withUser(name))]);
        fc.pre(loaded.ok);
        const database = loaded.document.databases[0];
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
