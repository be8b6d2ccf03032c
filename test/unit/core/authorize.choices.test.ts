import { describe, expect, it } from 'vitest';
import { authorize, type Wish } from '../../../core/authorize.ts';
import { aCaller } from '../../builders/callers.ts';
import { startOfTest } from '../../builders/clock.ts';
import { aDatabase, aGrant, aMember, aSlice, aUser } from '../../builders/registry.ts';

const here = { now: startOfTest, sourceIp: '203.0.113.7' };
const orders: Wish = { database: 'orders' };

const twoTeams = aSlice({
  members: [aMember(), aMember({ team: 'ops', name: 'pods' })],
  database: aDatabase({
    users: [
      aUser({ name: 'orders_app' }),
      aUser({ name: 'shared', grants: [aGrant(), aGrant({ team: 'ops', roleArn: 'arn:ops' })] }),
    ],
  }),
});

describe('a wish that leaves something open', () => {
  it.each<[string, Wish, string]>([
    ['several users', orders, 'choose-user'],
    ['several teams for one user', { ...orders, user: 'shared' }, 'choose-team'],
    ['several users within one team', { ...orders, team: 'payments' }, 'choose-user'],
  ])('is denied with a hint: %s', (_, wish, reason) => {
    const decision = authorize(aCaller(), wish, twoTeams, here);

    expect(decision).toEqual({ allowed: false, reason, hint: reason });
  });

  it.each<[string, Wish, { user: string; team: string; roleArn?: string }]>([
    ['the only user', { ...orders, team: 'ops' }, { user: 'shared', team: 'ops' }],
    ['the only team', { ...orders, user: 'orders_app' }, { user: 'orders_app', team: 'payments' }],
    ['both named', { ...orders, user: 'shared', team: 'ops' }, { user: 'shared', team: 'ops' }],
  ])('is filled in where there is one way: %s', (_, wish, { user, team }) => {
    const decision = authorize(aCaller(), wish, twoTeams, here);

    expect(decision).toMatchObject({ allowed: true, team, user: { name: user }, grant: { team } });
  });

  it('is not filled in with a team of which the caller is no member', () => {
    const decision = authorize(aCaller(), { ...orders, team: 'hr' }, twoTeams, here);

    expect(decision).toEqual({ allowed: false, reason: 'not-granted' });
  });

  it('takes two members of one team for one way', () => {
    const slice = aSlice({ members: [aMember(), aMember({ name: 'again' })] });

    expect(authorize(aCaller(), orders, slice, here)).toMatchObject({
      allowed: true,
      member: 'api-pods',
    });
  });

  it('counts only the ways that are open now', () => {
    const users = [aUser(), aUser({ name: 'old', notAfterMs: startOfTest.getTime() })];
    const slice = aSlice({ database: aDatabase({ users }) });

    expect(authorize(aCaller(), orders, slice, here)).toMatchObject({
      allowed: true,
      user: { name: 'orders_app' },
    });
  });
});
