import { describe, expect, it } from 'vitest';
import { authorize, type Wish } from '../../../core/authorize.ts';
import { aCaller, anIamCaller } from '../../builders/callers.ts';
import { secondsAfter, startOfTest } from '../../builders/clock.ts';
import { aDatabase, aGrant, aMember, anIamMember, aSlice, aUser } from '../../builders/registry.ts';

const here = { now: startOfTest, sourceIp: '203.0.113.7' };
const orders: Wish = { database: 'orders' };

describe('authorize', () => {
  it('allows what the registry grants, and says through which member', () => {
    const slice = aSlice();

    const decision = authorize(aCaller(), orders, slice, here);

    expect(decision).toMatchObject({
      allowed: true,
      team: 'payments',
      member: 'api-pods',
      database: { name: 'orders' },
      user: { name: 'orders_app' },
      grant: { roleArn: 'arn:aws:iam::111122223333:role/tokenvend-payments' },
    });
  });

  it('denies a caller whom no member admits, although the lookup returned members', () => {
    const slice = aSlice({ members: [aMember({ subject: { exact: 'someone-else' } })] });

    const decision = authorize(aCaller(), orders, slice, here);

    expect(decision).toEqual({ allowed: false, reason: 'no-team', hint: 'no-team' });
  });

  it('denies an identity that has run out beyond the leeway', () => {
    const at = (seconds: number) =>
      authorize(aCaller({ expiresAt: startOfTest }), orders, aSlice(), {
        ...here,
        now: secondsAfter(seconds),
      }).allowed;

    expect([at(29.999), at(30)]).toEqual([true, false]);
  });

  it('A14: answers for what is unknown and for what is forbidden alike', () => {
    const forbidden = aSlice({
      database: aDatabase({ users: [aUser({ grants: [aGrant({ team: 'hr' })] })] }),
    });
    const { database: _, ...rest } = aSlice();
    const unknown = { ...rest, database: undefined };

    const answers = [
      authorize(aCaller(), orders, forbidden, here),
      authorize(aCaller(), orders, unknown, here),
      authorize(aCaller(), { ...orders, user: 'no-such-user' }, aSlice(), here),
    ];

    expect(answers.map((answer) => !answer.allowed && answer.hint)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(answers.map((answer) => !answer.allowed && answer.reason)).toEqual([
      'not-granted',
      'unknown-database',
      'not-granted',
    ]);
  });

  it('A14: does not take the database that was read for the one that was asked for', () => {
    const decision = authorize(aCaller(), { database: 'order' }, aSlice(), here);

    expect(decision).toEqual({ allowed: false, reason: 'unknown-database' });
  });

  it.each(['orders', 'Orders_app', 'orders_ap', 'orders_app ', 'orders_аpp'])(
    'A14: matches a user by its whole name, not %j',
    (user) => {
      const decision = authorize(aCaller(), { ...orders, user }, aSlice(), here);

      expect(decision).toEqual({ allowed: false, reason: 'not-granted' });
    },
  );
});

describe('a grant to one member', () => {
  const oneMember = aUser({ grants: [aGrant({ member: 'engineer-1' })] });
  const slice = aSlice({
    members: [
      aMember(),
      aMember({ name: 'engineer-1', subject: { exact: 'engineer-1@example.com' } }),
    ],
    database: aDatabase({ users: [oneMember] }),
  });

  it('admits that member', () => {
    const decision = authorize(aCaller({ subject: 'engineer-1@example.com' }), orders, slice, here);

    expect(decision).toMatchObject({ allowed: true, member: 'engineer-1' });
  });

  it('admits nobody else of the team', () => {
    const decision = authorize(aCaller(), orders, slice, here);

    expect(decision).toEqual({ allowed: false, reason: 'not-granted' });
  });

  it('does not admit the member of that name in another team', () => {
    const namesake = aSlice({
      members: [aMember({ team: 'hr', name: 'engineer-1' })],
      database: aDatabase({ users: [oneMember] }),
    });

    const decision = authorize(aCaller(), orders, namesake, here);

    expect(decision).toEqual({ allowed: false, reason: 'not-granted' });
  });
});

describe('A12: an IAM caller', () => {
  it.each([
    ['any session of the role', {}, true],
    ['the same role name in another account', { account: '999988887777' }, false],
    ['the role created anew', { uniqueId: 'AROAANOTHERONE123456' }, false],
  ])('is admitted as %s: see the last column', (_, caller, allowed) => {
    const slice = aSlice({ members: [anIamMember({ uniqueId: 'AROAEXAMPLEEXAMPLE12' })] });

    const decision = authorize(anIamCaller(caller), orders, slice, here);

    expect(decision.allowed).toBe(allowed);
  });
});
