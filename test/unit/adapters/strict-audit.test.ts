import { describe, expect, it } from 'vitest';
import { createStrictAudit } from '../../../adapters/strict-audit.ts';
import type { AuditRecord } from '../../../core/audit.ts';
import { anAuditRecord } from '../../builders/audit-records.ts';
import { deferred, isPending } from '../../builders/deferred.ts';
import { aFailingAudit, aLog, anAudit, someCounters } from '../../builders/ports.ts';

/** A strict sink, and everything that it wrote and said. */
function aStrictAudit(put: (record: AuditRecord) => Promise<void>) {
  const [everyday, log, counters] = [anAudit(), aLog(), someCounters()];
  const stored: AuditRecord[] = [];
  const store = {
    put: (record: AuditRecord) => {
      stored.push(record);
      return put(record);
    },
  };
  const audit = createStrictAudit({ store, everyday, log, counters });
  return { audit, everyday, stored, log, counters };
}

describe('the strict audit sink', () => {
  it('writes every record to the store and to the everyday sink', async () => {
    const { audit, everyday, stored } = aStrictAudit(async () => undefined);
    const records = [anAuditRecord(), anAuditRecord({ outcome: 'denied', reason: 'not-granted' })];

    for (const record of records) await audit.write(record);

    expect(stored).toEqual(records);
    expect(everyday.records).toEqual(records);
  });

  it('A22: resolves only when the store has the record', async () => {
    const gate = deferred<void>();
    const { audit, everyday } = aStrictAudit(() => gate.promise);

    const writing = audit.write(anAuditRecord());

    expect(await isPending(writing)).toBe(true);
    expect(everyday.records).toEqual([]);
    gate.resolve(undefined);
    await expect(writing).resolves.toBeUndefined();
    expect(everyday.records).toHaveLength(1);
  });

  it('A22: rejects when the store fails, and says nothing of why', async () => {
    const { audit, everyday, log, counters } = aStrictAudit(async () => {
      throw new Error('planted-secret');
    });

    const error: unknown = await audit.write(anAuditRecord()).catch((one: unknown) => one);

    expect(error).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'audit-unwritable',
      retryAfterSeconds: 5,
    });
    expect(error).not.toHaveProperty('cause');
    expect(everyday.records).toEqual([]);
    expect(counters.counted).toEqual(['AuditUnwritable']);
    expect(log.entries).toEqual([
      { level: 'error', code: 'AUDIT_UNWRITABLE', fields: { vendId: 'vend-1' } },
    ]);
  });

  it('rejects when the everyday sink fails, although the store has the record', async () => {
    const [log, counters] = [aLog(), someCounters()];
    const everyday = aFailingAudit(new Error('EPIPE'));
    const store = { put: async () => undefined };
    const audit = createStrictAudit({ store, everyday, log, counters });

    await expect(audit.write(anAuditRecord())).rejects.toThrow('EPIPE');
  });

  it('tells only the everyday sink that the store cannot be written', async () => {
    const { audit, everyday, stored } = aStrictAudit(async () => undefined);
    const record = anAuditRecord({ outcome: 'failed', reason: 'audit-unwritable' });

    await audit.write(record);

    expect(stored).toEqual([]);
    expect(everyday.records).toEqual([record]);
  });
});
