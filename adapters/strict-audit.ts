import { type AuditRecord, type AuditSink, isAboutAudit } from '../core/audit.ts';
import { VendError } from '../core/errors.ts';
import type { Counters, Log } from '../core/log.ts';

/** A durable store of audit records. `put` resolves once the record would survive this process. */
export interface AuditStore {
  put(record: AuditRecord): Promise<void>;
}

export interface StrictAuditDependencies {
  readonly store: AuditStore;
  /** The ordinary sink, which gets every record too: it is what people search. */
  readonly everyday: AuditSink;
  readonly log: Log;
  readonly counters: Counters;
}

/** Seconds a client should wait when its record could not be stored. */
const retryAfterSeconds = 5;

/**
 * An audit sink that lets no token leave unless its record is in a durable store. The ordinary sink
 * proves only that the process wrote a line; between stdout and CloudWatch Logs that line can still be
 * lost.
 *
 * The store is written before the ordinary sink. The store may therefore hold a record of a token that
 * never left, and never lacks the record of one that did. Rejects with `VendError`
 * `UPSTREAM_UNAVAILABLE` (`audit-unwritable`).
 */
export function createStrictAudit(deps: StrictAuditDependencies): AuditSink {
  const { store, everyday, log, counters } = deps;
  return {
    async write(record) {
      // A record about the audit itself says that the store failed. Storing it would fail as well,
      // and no token leaves with it: waiting for the store again would only delay the answer.
      if (!isAboutAudit(record)) {
        try {
          await store.put(record);
        } catch {
          counters.add('AuditUnwritable');
          log.error('AUDIT_UNWRITABLE', { vendId: record.vendId });
          throw new VendError('UPSTREAM_UNAVAILABLE', 'audit-unwritable', { retryAfterSeconds });
        }
      }
      await everyday.write(record);
    },
  };
}
