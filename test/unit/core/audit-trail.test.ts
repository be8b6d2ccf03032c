import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../core/audit.ts';
import { openTrail } from '../../../core/audit-trail.ts';
import { VendError } from '../../../core/errors.ts';
import { planSession } from '../../../core/session.ts';
import { aCaller } from '../../builders/callers.ts';
import { startOfTest } from '../../builders/clock.ts';
import { isPending } from '../../builders/deferred.ts';
import { aLateAudit, anAudit } from '../../builders/ports.ts';
import { anAllowed } from '../../builders/registry.ts';
import { anIssuedToken, aSession } from '../../builders/sessions.ts';

const draft = draftOf({
  vendId: 'vend-1',
  now: startOfTest,
  facts: { requestId: 'request-1', sourceIp: undefined, userAgent: undefined },
  identity: aCaller(),
  database: 'orders',
});

describe('an audit trail', () => {
  it('writes what became known of a vend, and only the hash of its token', async () => {
    const audit = anAudit();
    const trail = openTrail(audit, draft);
    const plan = planSession(aCaller(), anAllowed());
    const issued = anIssuedToken({ reused: true });

    trail.registryRead('v7');
    trail.allowed(anAllowed(), plan);
    await trail.vended(aSession(), issued);

    expect(audit.records).toEqual([
      {
        ...draft,
        outcome: 'vended',
        registryVersion: 'v7',
        team: 'payments',
        member: 'api-pods',
        user: 'orders_app',
        roleArn: plan.roleArn,
        roleSessionName: plan.roleSessionName,
        sourceIdentity: plan.sourceIdentity,
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        tokenSha256: createHash('sha256').update(issued.token).digest('hex'),
        reused: true,
        expiresAt: '2026-03-01T12:15:00.000Z',
      },
    ]);
  });

  it('writes why a caller was denied', async () => {
    const audit = anAudit();

    await openTrail(audit, draft).denied('not-granted');

    expect(audit.records).toEqual([{ ...draft, outcome: 'denied', reason: 'not-granted' }]);
  });

  it.each([
    [new VendError('THROTTLED', 'sts-throttled'), 'failed', 'sts-throttled'],
    [new VendError('INTERNAL', 'role-not-assumable'), 'failed', 'role-not-assumable'],
    [new VendError('UNAUTHENTICATED', 'identity-expired'), 'unauthenticated', 'identity-expired'],
    [new Error('planted-secret'), 'failed', 'unexpected'],
    ['planted-secret', 'failed', 'unexpected'],
    [undefined, 'failed', 'unexpected'],
  ])(
    'A21: writes of a failure only what it knows: %o is %s, %s',
    async (error, outcome, reason) => {
      const audit = anAudit();

      await openTrail(audit, draft).failed(error);

      expect(audit.records).toEqual([{ ...draft, outcome, reason }]);
      expect(JSON.stringify(audit.records)).not.toContain('planted-secret');
    },
  );

  it('A22: is not done before the sink is', async () => {
    const audit = aLateAudit();
    const trail = openTrail(audit, draft);

    const ends = [
      trail.denied('no-team'),
      trail.vended(aSession(), anIssuedToken()),
      trail.failed(1),
    ];

    expect(await Promise.all(ends.map(isPending))).toEqual([true, true, true]);
    audit.release();
    await expect(Promise.all(ends)).resolves.toHaveLength(3);
  });
});
