import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../../core/audit.ts';
import { VendError } from '../../../core/errors.ts';
import { type VendCall, type VendDependencies, vend } from '../../../core/vend.ts';
import { aCaller } from '../../builders/callers.ts';
import { isPending, settle } from '../../builders/deferred.ts';
import { aFailingAudit, aLateAudit, anAudit, aRegistry } from '../../builders/ports.ts';
import { aDatabase, aSlice } from '../../builders/registry.ts';
import { aCall, vendDependencies } from '../../builders/vend.ts';

const unwritable = new VendError('UPSTREAM_UNAVAILABLE', 'audit-unwritable');

const failing = (error: unknown) => async () => {
  throw error;
};
const stranger = aCall({ identity: aCaller({ subject: 'stranger' }) });
const stale = aCall({ identity: aCaller({ expiresAt: new Date(0) }) });
const throttled = new VendError('THROTTLED', 'sts-throttled');
const noBundle = aRegistry(aSlice({ database: aDatabase({ caBundle: 'none' }) }));
const crowd = { groups: Array.from({ length: 64 }, (_, index) => index) };
const many = aCall({ identity: aCaller({ subject: ':'.repeat(40), claims: crowd }) });

const attempts: [string, Partial<VendDependencies>, VendCall, Partial<AuditRecord>][] = [
  ['a vend', {}, aCall(), { outcome: 'vended', registryVersion: 'v7', reused: false }],
  ['a denial', {}, stranger, { outcome: 'denied', reason: 'no-team', registryVersion: 'v7' }],
  ['an old identity', {}, stale, { outcome: 'unauthenticated', reason: 'identity-expired' }],
  [
    'too many claim values',
    {},
    many,
    { outcome: 'unauthenticated', reason: 'too-many-claim-values' },
  ],
  [
    'no registry',
    { registry: { slice: failing(new VendError('UPSTREAM_UNAVAILABLE', 'registry-unavailable')) } },
    aCall(),
    { outcome: 'failed', reason: 'registry-unavailable' },
  ],
  [
    'no CA',
    { registry: noBundle },
    aCall(),
    { outcome: 'failed', reason: 'ca-bundle-missing', team: 'payments' },
  ],
  [
    'no session',
    { sessions: { obtain: failing(throttled) } },
    aCall(),
    { outcome: 'failed', reason: 'sts-throttled', team: 'payments' },
  ],
  [
    'no token',
    { tokens: { cut: failing(new TypeError('x')) } },
    aCall(),
    { outcome: 'failed', reason: 'unexpected', member: 'api-pods' },
  ],
];

describe('the audit record', () => {
  it.each(attempts)('is written exactly once for %s', async (_, parts, call, expected) => {
    const audit = anAudit();

    await vend(vendDependencies({ ...parts, audit }), call).catch(() => undefined);

    expect(audit.records).toHaveLength(1);
    expect(audit.records[0]).toMatchObject({
      audit: 'vend',
      vendId: 'vend-1',
      requestId: 'request-1',
      time: '2026-03-01T12:00:00.000Z',
      caller: { kind: 'jwt', principal: call.identity.kind === 'jwt' ? call.identity.subject : '' },
      database: 'orders',
      sourceIp: '203.0.113.7',
      userAgent: 'curl/8.5.0',
      ...expected,
    });
  });

  it.each(attempts)('A22: is safe before the outcome of %s is known', async (_, parts, call) => {
    const audit = aLateAudit();

    const attempt = vend(vendDependencies({ ...parts, audit }), call);
    await settle();

    expect(audit.records).toHaveLength(1);
    expect(await isPending(attempt)).toBe(true);
    audit.release();
    await attempt.catch(() => undefined);
    expect(await isPending(attempt)).toBe(false);
  });

  it.each(attempts)(
    'A22: that cannot be written lets nothing out of %s',
    async (_, parts, call) => {
      const audit = aFailingAudit(unwritable);

      const attempt = vend(vendDependencies({ ...parts, audit }), call);

      await expect(attempt).rejects.toBe(unwritable);
      expect(audit.attempts()).toBeGreaterThan(0);
    },
  );

  it('A22: is tried again as a failure, where the one of the vend was refused', async () => {
    const written: AuditRecord[] = [];
    const audit = {
      write: async (record: AuditRecord) => {
        if (record.outcome === 'vended') throw unwritable;
        written.push(record);
      },
    };

    await expect(vend(vendDependencies({ audit }), aCall())).rejects.toBe(unwritable);

    expect(written).toMatchObject([{ outcome: 'failed', reason: 'audit-unwritable' }]);
  });
});
