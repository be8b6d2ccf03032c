import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../../../operator/test/fixture-schema.ts';
import { runFixture } from '../../../../operator/test/run-fixture.ts';
import { startOfTest } from '../../../builders/clock.ts';
import { anIndex, clusterUrl } from '../../../builders/questions.ts';
import { withUser } from '../../../builders/registry-files.ts';

function aFixture(parts: Partial<Fixture> = {}): Fixture {
  return {
    name: 'the pods open orders',
    identity: { issuer: 'cluster', subject: 'system:serviceaccount:payments:api' },
    request: { database: 'orders', user: 'orders_app' },
    expect: { team: 'payments', user: 'orders_app' },
    ...parts,
  };
}

const run = (parts: Partial<Fixture>, index = anIndex()) =>
  runFixture(aFixture(parts), index, startOfTest);

describe('a test of the registry', () => {
  it('passes where the expectation is met, and names the rule that decided', () => {
    expect(run({})).toMatchObject({
      passed: true,
      rule: 'payments/api -> orders/orders_app',
    });
  });

  it.each([
    ['another team', { team: 'billing', user: 'orders_app' }],
    ['another user', { team: 'payments', user: 'orders_read' }],
    ['another member', { team: 'payments', user: 'orders_app', member: 'deploy' }],
    ['a refusal', { denied: 'no-team' }],
  ] as const)('fails where %s was expected', (_, expected) => {
    expect(run({ expect: expected }).passed).toBe(false);
  });

  it.each([
    ['access', { team: 'payments', user: 'orders_app' }],
    ['a refusal for another reason', { denied: 'not-granted' }],
  ] as const)('fails where %s was expected of a stranger', (_, expected) => {
    const identity = { issuer: 'cluster', subject: 'stranger' };

    expect(run({ identity, expect: expected }).passed).toBe(false);
    expect(run({ identity, expect: { denied: 'no-team' } }).passed).toBe(true);
  });

  it.each([
    ['its name', 'cluster'],
    ['its URL', clusterUrl],
  ])('finds an issuer by %s', (_, issuer) => {
    const identity = { issuer, subject: 'system:serviceaccount:payments:api' };

    expect(run({ identity }).passed).toBe(true);
  });

  it('knows no issuer that the registry does not list', () => {
    const identity = { issuer: 'elsewhere', subject: 'system:serviceaccount:payments:api' };

    expect(run({ identity, expect: { denied: 'issuer-unknown' } }).passed).toBe(true);
  });

  it('takes the subject from where it stands, not from the claims', () => {
    const claims = { sub: 'system:serviceaccount:payments:api' };
    const identity = { issuer: 'cluster', subject: 'stranger', claims };

    expect(run({ identity, expect: { denied: 'no-team' } }).passed).toBe(true);
  });

  it('asks from the address, at the time and under the suspensions that it gives', () => {
    const fenced = { teams: ['payments'], vendFromCidrs: ['203.0.113.0/24'] };
    const index = anIndex(withUser('orders_app', { ...fenced, notAfter: '2027-01-31T00:00:00Z' }));
    const inside = { from: '203.0.113.7' };

    expect(run(inside, index).passed).toBe(true);
    expect(run({}, index).verdict).toMatchObject({ reason: 'source-ip' });
    expect(run({ ...inside, at: '2027-01-31T00:00:00Z' }, index).verdict).toMatchObject({
      reason: 'grant-expired',
    });
    expect(run({ ...inside, suspended: ['database/orders'] }, index).verdict).toMatchObject({
      reason: 'suspended',
    });
  });

  it('names the entry that a refusal hangs on', () => {
    const { rule } = run({ suspended: ['member/payments/api'], expect: { denied: 'suspended' } });

    expect(rule).toBe('payments/api -> orders/orders_app');
  });

  it('names the member of a caller who is not granted what was asked for', () => {
    const request = { database: 'orders', user: 'nobody' };

    expect(run({ request, expect: { denied: 'not-granted' } }).rule).toBe('payments/api');
  });
});
