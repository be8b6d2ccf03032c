import { describe, expect, it } from 'vitest';
import { decide } from '../../../../operator/explain/decide.ts';
import { anIndex, aPod, aQuestion, aRun } from '../../../builders/questions.ts';
import { withUser } from '../../../builders/registry-files.ts';

const role = 'arn:aws:iam::111122223333:role';

const nightlyOf = (account: string) =>
  ({ kind: 'iam', arn: `arn:aws:iam::${account}:role/nightly` }) as const;

/** Twice this is beyond the 90 keys of one look-up. */
const sixty = Array.from({ length: 60 }, (_, at) => `value-${at}`);

describe('decide', () => {
  it('allows what the registry grants, and says by which member', () => {
    const verdict = decide(anIndex(), aQuestion());

    expect(verdict).toMatchObject({ allowed: true, team: 'payments', member: 'api' });
  });

  it.each([
    ['a role with its path', `${role}/batch/nightly`],
    ['a role without it', `${role}/nightly`],
    ['a session of it', 'arn:aws:sts::111122223333:assumed-role/nightly/any-name'],
  ])('knows an AWS principal by %s', (_, arn) => {
    const verdict = decide(anIndex(), aQuestion({ caller: { kind: 'iam', arn } }));

    expect(verdict).toMatchObject({ allowed: true, member: 'nightly' });
  });

  it.each([
    [
      'an unknown issuer',
      { caller: { ...aPod(), issuer: 'https://evil.example.com' } },
      'issuer-unknown',
    ],
    ['a suspended issuer', { suspensions: new Set(['issuer/cluster']) }, 'issuer-suspended'],
    ['an empty subject', { caller: aPod({ sub: '' }) }, 'identity-unusable'],
    [
      'more claims than can be looked up',
      { caller: aRun({ ref: sixty, repository_id: sixty }) },
      'too-many-claim-values',
    ],
    [
      'an account’s root',
      { caller: { kind: 'iam', arn: 'arn:aws:iam::111122223333:root' } },
      'principal-refused',
    ],
    ['what is no ARN', { caller: { kind: 'iam', arn: 'arn:aws:s3:::bucket' } }, 'identity-missing'],
    ['A12: a role of another account', { caller: nightlyOf('999988887777') }, 'no-team'],
    ['an expired proof', { caller: aPod({ exp: 1_000_000_000 }) }, 'jwt-expired'],
    ['a database that does not exist', { wish: { database: 'nowhere' } }, 'unknown-database'],
    ['a suspended team', { suspensions: new Set(['team/payments']) }, 'suspended'],
  ] as const)('refuses %s', (_, parts, reason) => {
    expect(decide(anIndex(), aQuestion(parts))).toMatchObject({ allowed: false, reason });
  });

  it('holds a caller without an id to be none of those whose id is pinned', () => {
    const pinned = { iamRole: `${role}/batch/nightly`, iamRoleId: 'AROAEXAMPLENIGHTLY123' };
    const index = anIndex({ teams: { payments: { members: { nightly: pinned } } } });
    const caller = { kind: 'iam', arn: pinned.iamRole } as const;
    const known = { ...caller, uniqueId: pinned.iamRoleId };

    expect(decide(index, aQuestion({ caller }))).toMatchObject({ reason: 'no-team' });
    expect(decide(index, aQuestion({ caller: known }))).toMatchObject({ allowed: true });
  });

  it('asks about the address that is said, at the time that is said', () => {
    const user = { teams: ['payments'], vendFromCidrs: ['203.0.113.0/24'] };
    const until = { ...user, notAfter: '2026-06-30T00:00:00Z' };
    const index = anIndex(withUser('orders_app', until));
    const after = new Date('2026-06-30T00:00:00Z');

    expect(decide(index, aQuestion())).toMatchObject({ reason: 'source-ip' });
    expect(decide(index, aQuestion({ sourceIp: '203.0.113.9' }))).toMatchObject({ allowed: true });
    expect(decide(index, aQuestion({ now: after }))).toMatchObject({ reason: 'grant-expired' });
  });
});
