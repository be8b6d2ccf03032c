import { type AuditRecord, type AuditSink, isAboutAudit } from '../core/audit.ts';
import { VendError } from '../core/errors.ts';
import type { Counters, Log } from '../core/log.ts';

/** Where records are kept that must not be lost. Resolves once the record would survive this process. */
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
 * An audit sink behind which no token leaves that a durable store does not know of. The ordinary sink
 * proves only that the process wrote a line; between stdout and CloudWatch Logs it can still be lost.
 *
 * The store comes first, so that it may hold a vend of which nothing left, and never lacks one of which
 * something did. Rejects with `VendError` `UPSTREAM_UNAVAILABLE` (`audit-unwritable`).
 */
export function createStrictAudit(deps: StrictAuditDependencies): AuditSink {
  const { store, everyday, log, counters } = deps;
  return {
    async write(record) {
      // It cannot be stored either, and nothing leaves: a second wait would only cost the caller.
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
