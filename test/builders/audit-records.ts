import type { AuditRecord } from '../../core/audit.ts';

/** The record of a vend, unless `parts` says otherwise. */
export function anAuditRecord(parts: Partial<AuditRecord> = {}): AuditRecord {
  return {
    audit: 'vend',
    outcome: 'vended',
    vendId: 'vend-1',
    requestId: 'request-1',
    time: '2026-03-01T12:00:00.000Z',
    ...parts,
  };
}
