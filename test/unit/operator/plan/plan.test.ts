import { describe, expect, it } from 'vitest';
import { type Change, isRisky, plan } from '../../../../operator/plan/plan.ts';
import {
  aCompiledRegistry,
  withDatabase,
  withIssuer,
  withMember,
  withTeam,
  withUser,
} from '../../../builders/registry-files.ts';

const arn = (user: string, id = 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ') =>
  `arn:aws:rds-db:eu-west-1:111122223333:dbuser:${id}/${user}`;

type Changes = Parameters<typeof aCompiledRegistry>[0];

const changesBetween = (before: Changes, after: Changes) =>
  plan(aCompiledRegistry(before), aCompiledRegistry(after)).changes;

function usersOf(changes: readonly Change[], kind: 'gained' | 'lost' | 'relaxed' | 'tightened') {
  return changes.flatMap((one) =>
    one.kind === kind ? [{ who: one.rules.length, arns: one.users.map((user) => user.arn) }] : [],
  );
}

describe('plan', () => {
  it('sees no change in other names, which permit the same', () => {
    const api = { issuer: 'cluster', subject: 'system:serviceaccount:payments:api' };
    const renamed = withTeam({ members: { api: undefined, 'api-pods': api } });

    expect(changesBetween({}, renamed)).toEqual([]);
  });

  it('says who gains a database user, as its ARN', () => {
    const changes = changesBetween({}, withUser('orders_read', { members: ['payments/api'] }));

    expect(changes).toMatchObject([
      {
        kind: 'gained',
        rules: [
          'subject system:serviceaccount:payments:api of https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE',
        ],
        users: [{ name: 'orders/orders_read', arn: arn('orders_read') }],
      },
    ]);
  });

  it('groups those who gain or lose the same', () => {
    const changes = changesBetween(
      withUser('orders_app', { teams: ['payments'] }),
      withUser('orders_app', { teams: undefined, members: ['payments/api'] }),
    );

    expect(usersOf(changes, 'lost')).toEqual([{ who: 2, arns: [arn('orders_app')] }]);
    expect(usersOf(changes, 'gained')).toEqual([]);
  });

  it('sees no gain in a grant to a member whose team has it already', () => {
    const both = withUser('orders_app', { teams: ['payments'], members: ['payments/api'] });

    expect(changesBetween({}, both)).toEqual([]);
  });

  it('sees no loss in an exact member that a pattern of the team still admits', () => {
    const pattern = { issuer: 'cluster', subject: 'system:serviceaccount:payments:*' };
    const both = withMember(pattern);
    const one = withTeam({ members: { added: pattern, api: undefined } });

    expect(usersOf(changesBetween(both, one), 'lost')).toEqual([]);
  });

  it('A1: says whom a widened pattern newly admits, and puts it first', () => {
    const subject = 'system:serviceaccount:payments:*';
    const wider = withTeam({ members: { api: { issuer: 'cluster', subject } } });

    const [first, ...rest] = changesBetween({}, wider);

    expect(first).toMatchObject({
      kind: 'rule',
      member: 'payments/api',
      how: 'widened',
      newlyAdmits: [
        'every subject below system:serviceaccount:payments:*, where it was system:serviceaccount:payments:api',
      ],
    });
    expect(usersOf(rest, 'gained')).toHaveLength(1);
    expect(usersOf(rest, 'lost')).toEqual([]);
  });

  it('A11: says that a claim which is no longer read admits every value of it', () => {
    const claims = { ref: undefined };

    const [first] = changesBetween({}, withTeam({ members: { deploy: { claims } } }));

    expect(first).toMatchObject({
      how: 'widened',
      newlyAdmits: ['any claim ref, where it was refs/heads/main'],
    });
  });

  it.each([
    ['narrowed', { claims: { environment: 'production' } }],
    ['replaced', { claims: { ref: 'refs/heads/release' } }],
  ])('calls a member %s, whose conditions say so', (how, entry) => {
    const changes = changesBetween({}, withTeam({ members: { deploy: entry } }));

    expect(changes).toContainEqual(expect.objectContaining({ kind: 'rule', how }));
  });

  it.each([
    ['relaxed', '203.0.113.0/24', '203.0.0.0/16'],
    ['relaxed', '203.0.113.0/24', '198.51.100.0/24'],
    ['relaxed', '0.0.0.0/0', '::/0'],
    ['tightened', '203.0.0.0/16', '203.0.113.0/24'],
    ['tightened', '2001:db8::/32', '2001:db8:12::/48'],
  ] as const)('calls networks %s from %s to %s', (kind, before, after) => {
    const from = (cidr: string) =>
      withUser('orders_app', { teams: ['payments'], vendFromCidrs: [cidr] });

    expect(usersOf(changesBetween(from(before), from(after)), kind)).toEqual([
      { who: 3, arns: [arn('orders_app')] },
    ]);
  });

  it.each([
    ['relaxed', '2027-01-01T00:00:00Z', undefined],
    ['relaxed', '2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z'],
    ['tightened', undefined, '2027-01-01T00:00:00Z'],
  ] as const)('calls an end %s that moves from %s to %s', (kind, before, after) => {
    const until = (notAfter: string | undefined) => withTeam({ members: { api: { notAfter } } });

    expect(usersOf(changesBetween(until(before), until(after)), kind)).toHaveLength(1);
  });

  it('says that a new resource id is another database', () => {
    const id = 'db-ZYXWVUTSRQPONMLKJIHGFEDCBA';

    const changes = changesBetween({}, withDatabase({ resourceId: id }));

    expect(usersOf(changes, 'gained')).toEqual([{ who: 3, arns: [arn('orders_app', id)] }]);
    expect(usersOf(changes, 'lost')).toEqual([{ who: 3, arns: [arn('orders_app')] }]);
  });

  it('sees no loss where another database of the same id still opens it', () => {
    const replica = (entry: unknown) => ({ databases: { orders2: entry } });
    const copy = aCompiledDatabase();

    const changes = changesBetween(replica(copy), {});

    expect(usersOf(changes, 'lost')).toEqual([]);
  });

  it('says that a name is gone, though nobody loses anything', () => {
    const copies = { databases: { orders2: aCompiledDatabase() } };

    expect(changesBetween(copies, {})).toEqual([{ kind: 'removed', databases: ['orders2'] }]);
    expect(changesBetween({}, copies)).toEqual([]);
  });

  it('says what a database is called now: clients ask for it by name', () => {
    const named = (name: string) => ({ databases: { [name]: aCompiledDatabase() } });

    expect(changesBetween(named('copy'), named('replica'))).toEqual([
      { kind: 'renamed', databases: [{ before: 'copy', after: 'replica' }] },
    ]);
  });

  it('says of two databases that swap names where their tokens go', () => {
    const [one, two] = [aCompiledDatabase(), aCompiledDatabase('db-TWO', 'two')];

    const changes = changesBetween(
      { databases: { a: one, b: two } },
      { databases: { a: two, b: one } },
    );

    expect(changes).toMatchObject([
      { kind: 'setting', of: 'database a', risky: true },
      { kind: 'setting', of: 'database b', risky: true },
    ]);
  });

  it('puts first that a claim is no longer kept as evidence', () => {
    const kept = withIssuer({ auditClaims: ['jti', 'kubernetes.io'] });

    const fewer = changesBetween(kept, withIssuer({ auditClaims: ['jti'] }));
    const none = changesBetween(kept, {});
    const more = changesBetween({}, kept);

    const lost = {
      of: 'issuer cluster',
      what: 'audit claim removed: kubernetes.io',
      risky: true,
    };
    expect(fewer).toEqual([{ kind: 'setting', ...lost }]);
    expect(none.map((one) => isRisky(one))).toEqual([true, true]);
    expect(more.map((one) => isRisky(one))).toEqual([false, false]);
  });

  it.each([
    ['an issuer’s url', withIssuer({ url: 'https://issuer.example.com' })],
    ['an audience', withIssuer({ audiences: ['https://tokens.example.com', 'https://b.example'] })],
    ['an algorithm', withIssuer({ algorithms: ['RS256', 'ES256'] })],
    ['where the keys are', withIssuer({ jwksUri: 'https://keys.example.com/jwks' })],
    ['how long a token may live', withIssuer({ maxTokenLifetimeSeconds: 600_000 })],
    ['a new issuer', withIssuer(anIssuer(), 'added')],
    [
      'where the token is sent',
      withDatabase({ host: 'b.c9akciq32abc.eu-west-1.rds.amazonaws.com' }),
    ],
    ['the role', withTeam({ roles: ['arn:aws:iam::111122223333:role/tokenvend-other'] })],
  ])('puts first a change of %s', (_, changes) => {
    const [first] = changesBetween({}, changes);

    expect(first).toMatchObject({ kind: 'setting' });
    expect(first && isRisky(first)).toBe(true);
  });

  it('says that an external id changes, and not what it is', () => {
    const changes = changesBetween({}, withTeam({ externalId: 'planted-external-id' }));

    expect(changes).toMatchObject([{ what: 'the external id changes', risky: false }]);
    expect(JSON.stringify(changes)).not.toContain('planted');
  });
});

function anIssuer() {
  const url = 'https://issuer.example.com';
  return { url, audiences: ['https://tokens.example.com'], jwksUri: `${url}/keys` };
}

function aCompiledDatabase(resourceId = 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ', label = 'replica') {
  return {
    engine: 'postgres',
    host: `${label}.c9akciq32abc.eu-west-1.rds.amazonaws.com`,
    port: 5432,
    region: 'eu-west-1',
    account: '111122223333',
    resourceId,
    users: { orders_app: { teams: ['payments'] } },
  };
}
