import { describe, expect, it } from 'vitest';
import { forgottenSuspensions } from '../../../operator/forgotten-suspensions.ts';
import { aCompiledRegistry, withTeam } from '../../builders/registry-files.ts';

const every = [
  'team/payments',
  'member/payments/api',
  'database/orders',
  'user/orders/orders_app',
  'issuer/cluster',
];

describe('the suspensions that a version forgets', () => {
  it('are none of names that it has', () => {
    expect(forgottenSuspensions(aCompiledRegistry(), every)).toEqual([]);
  });

  it.each(every)('are those of names that it has not: %s, misspelt', (entry) => {
    expect(forgottenSuspensions(aCompiledRegistry(), [`${entry}x`])).toEqual([`${entry}x`]);
  });

  it('A23: are those of a member that goes by another name now', () => {
    const api = { issuer: 'cluster', subject: 'system:serviceaccount:payments:api' };
    const renamed = aCompiledRegistry(withTeam({ members: { api: undefined, pods: api } }));

    expect(forgottenSuspensions(renamed, every)).toEqual(['member/payments/api']);
  });
});
