import { describe, expect, it } from 'vitest';
import { authorize } from '../../../core/authorize.ts';
import { aCaller, anIamCaller } from '../../builders/callers.ts';
import { secondsAfter, startOfTest } from '../../builders/clock.ts';
import { aDatabase, aGrant, aMember, anIamMember, aSlice, aUser } from '../../builders/registry.ts';

const here = { now: startOfTest, sourceIp: '203.0.113.7' };
const orders = { database: 'orders' };

describe('suspensions', () => {
  it.each([
    'team/payments',
    'member/payments/api-pods',
    'database/orders',
    'user/orders/orders_app',
    'issuer/prod-cluster',
  ])('of %s cut the caller off at once', (suspension) => {
    const slice = aSlice({ suspensions: new Set([suspension]) });

    const decision = authorize(aCaller(), orders, slice, here);

    expect(decision).toEqual({ allowed: false, reason: 'suspended', hint: 'grant-not-in-force' });
  });

  it.each([
    'team/payment',
    'member/payments/api',
    'member/other/api-pods',
    'database/orders2',
    'user/orders/orders',
    'issuer/https://issuer.example.com',
  ])('of %s concern somebody else', (suspension) => {
    const slice = aSlice({ suspensions: new Set([suspension]) });

    expect(authorize(aCaller(), orders, slice, here).allowed).toBe(true);
  });

  it('of an issuer concern no caller without one, whatever the issuer is called', () => {
    const member = anIamMember();
    const users = [aUser({ grants: [aGrant({ team: member.team })] })];
    const suspensions = new Set(['issuer/undefined', 'issuer/']);
    const slice = aSlice({ members: [member], database: aDatabase({ users }), suspensions });

    expect(authorize(anIamCaller(), orders, slice, here).allowed).toBe(true);
  });

  it('of one membership leave another one open', () => {
    const slice = aSlice({
      members: [aMember(), aMember({ name: 'second' })],
      suspensions: new Set(['member/payments/api-pods']),
    });

    expect(authorize(aCaller(), orders, slice, here)).toMatchObject({ member: 'second' });
  });

  it('say nothing to those who have no grant', () => {
    const slice = aSlice({
      database: aDatabase({ users: [aUser({ grants: [aGrant({ team: 'hr' })] })] }),
      suspensions: new Set(['database/orders']),
    });

    const decision = authorize(aCaller(), orders, slice, here);

    expect(decision).toEqual({ allowed: false, reason: 'not-granted' });
  });
});

describe('notAfter', () => {
  const end = startOfTest.getTime();

  it.each([
    ['member-expired', aSlice({ members: [aMember({ notAfterMs: end })] })],
    ['grant-expired', aSlice({ database: aDatabase({ users: [aUser({ notAfterMs: end })] }) })],
  ])('ends what it bounds at that very instant: %s', (reason, slice) => {
    const before = authorize(aCaller(), orders, slice, { ...here, now: secondsAfter(-0.001) });
    const at = authorize(aCaller(), orders, slice, here);

    expect(before.allowed).toBe(true);
    expect(at).toEqual({ allowed: false, reason, hint: 'grant-not-in-force' });
  });
});

describe('vendFromCidrs', () => {
  const slice = aSlice({
    database: aDatabase({ users: [aUser({ vendFromCidrs: ['203.0.113.0/24', '2001:db8::/32'] })] }),
  });

  it.each([
    ['203.0.113.0', true],
    ['203.0.113.255', true],
    ['2001:db8::7', true],
    ['203.0.112.255', false],
    ['2001:db9::7', false],
    ['test-invoke-source-ip', false],
    [undefined, false],
  ])('decides about %s: %s', (sourceIp, allowed) => {
    const decision = authorize(aCaller(), orders, slice, { ...here, sourceIp });

    expect(decision.allowed).toBe(allowed);
  });

  it('that is empty admits nobody', () => {
    const closed = aSlice({ database: aDatabase({ users: [aUser({ vendFromCidrs: [] })] }) });

    const decision = authorize(aCaller(), orders, closed, here);

    expect(decision).toEqual({ allowed: false, reason: 'source-ip', hint: 'grant-not-in-force' });
  });
});
