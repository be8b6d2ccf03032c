import { describe, expect, it } from 'vitest';
import { type AuditRecord, bounded, draftOf, isAboutAudit } from '../../../core/audit.ts';
import { aCaller, anIamCaller } from '../../builders/callers.ts';
import { startOfTest } from '../../builders/clock.ts';

const facts = { requestId: 'request-1', sourceIp: '203.0.113.7', userAgent: 'curl/8.5.0' };
const about = { vendId: 'vend-1', now: startOfTest, facts };

describe('draftOf', () => {
  it('says when, which request, from where and for what', () => {
    const draft = draftOf({ ...about, database: 'orders', user: 'orders_app', team: 'payments' });

    expect(draft).toEqual({
      audit: 'vend',
      vendId: 'vend-1',
      requestId: 'request-1',
      time: '2026-03-01T12:00:00.000Z',
      sourceIp: '203.0.113.7',
      userAgent: 'curl/8.5.0',
      database: 'orders',
      user: 'orders_app',
      team: 'payments',
    });
  });

  it('leaves out what is not known', () => {
    const unknown = { ...facts, sourceIp: undefined, userAgent: undefined };

    const draft = draftOf({ ...about, facts: unknown, user: undefined });

    expect(Object.keys(draft)).toEqual(['audit', 'vendId', 'requestId', 'time']);
  });

  it('names a JWT caller with its evidence', () => {
    const evidence = { kid: 'k1', jti: 'j1', auditClaims: { run_id: '42' } };

    const { caller } = draftOf({ ...about, identity: aCaller({ subject: 's', evidence }) });

    expect(caller).toEqual({
      kind: 'jwt',
      issuer: 'https://issuer.example.com',
      principal: 's',
      kid: 'k1',
      jti: 'j1',
      auditClaims: { run_id: '42' },
    });
  });

  it('names an IAM caller with its session', () => {
    const { caller } = draftOf({ ...about, identity: anIamCaller() });

    expect(caller).toEqual({
      kind: 'iam',
      account: '111122223333',
      principal: 'role/payments-nightly',
      uniqueId: 'AROAEXAMPLEEXAMPLE12',
      sessionName: 'run-1',
    });
  });

  it('A21: holds no claim that the registry does not ask to be recorded', () => {
    const caller = aCaller({ claims: { email: 'planted-claim' } });

    const draft = draftOf({ ...about, identity: caller });

    expect(JSON.stringify(draft)).not.toContain('planted-claim');
  });

  it('has no list of claims where none are recorded', () => {
    const { caller } = draftOf({ ...about, identity: aCaller({ evidence: { auditClaims: {} } }) });

    expect(caller).not.toHaveProperty('auditClaims');
  });

  it('bounds every text that a caller chooses', () => {
    const long = 'x'.repeat(5000);
    const identity = aCaller({
      evidence: { kid: long, jti: long, auditClaims: {} },
    });
    const longFacts = { requestId: long, sourceIp: long, userAgent: long };

    const draft = draftOf({
      ...about,
      facts: longFacts,
      identity,
      database: long,
      user: long,
      team: long,
    });

    expect(JSON.stringify(draft).length).toBeLessThan(9 * 256 + 300);
    expect(draft.userAgent).toHaveLength(256);
    expect(draft.requestId).toHaveLength(256);
  });

  it('tells callers apart whose long subjects differ at the end alone', () => {
    const subjects = ['a', 'b'].map(
      (end) => `repo:octo/orders:environment:${'x'.repeat(900)}${end}`,
    );

    const drafts = subjects.map((subject) => draftOf({ ...about, identity: aCaller({ subject }) }));

    expect(drafts.map(({ caller }) => caller?.principal)).toEqual(subjects);
  });
});

describe('isAboutAudit', () => {
  const record = { ...draftOf(about), outcome: 'failed', reason: 'audit-unwritable' } as const;

  it('says so of a record of a record that could not be written', () => {
    expect(isAboutAudit(record)).toBe(true);
  });

  it.each<Partial<AuditRecord>>([{ reason: 'sts-throttled' }, { outcome: 'denied' }])(
    'says so of no other: %j',
    (change) => {
      expect(isAboutAudit({ ...record, ...change })).toBe(false);
    },
  );
});

describe('bounded', () => {
  it.each([
    [256, 256],
    [257, 256],
  ])('cuts a text of %d characters to %d, and marks the cut', (length, kept) => {
    const text = bounded('x'.repeat(length));

    expect(text).toHaveLength(kept);
    expect(text?.endsWith('…')).toBe(length > 256);
  });

  it('leaves nothing where there was nothing', () => {
    expect(bounded(undefined)).toBeUndefined();
  });
});
