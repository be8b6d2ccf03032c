import { EventEmitter } from 'node:events';
import { type AuditRecord, type AuditSink, isAboutAudit } from '../core/audit.ts';
import { VendError } from '../core/errors.ts';
import type { Counters, Log } from '../core/log.ts';

/** Seconds a client should wait when its record could not be written. */
const retryAfterSeconds = 5;

/**
 * Writes audit records as JSON lines, straight to a stream (on Lambda: stdout, and so CloudWatch
 * Logs). Not through the logger: no level, sampling or format setting can drop a record.
 *
 * Rejects with `VendError` `UPSTREAM_UNAVAILABLE` (`audit-unwritable`) unless the stream took the
 * whole line.
 */
export function createStdoutAudit(deps: {
  readonly stream: Pick<NodeJS.WritableStream, 'write'>;
  readonly log: Log;
  readonly counters: Counters;
}): AuditSink {
  outliveErrorsOf(deps.stream);
  return {
    async write(record) {
      try {
        await writeLine(deps.stream, record);
      } catch {
        if (!isAboutAudit(record)) {
          deps.counters.add('AuditUnwritable');
          deps.log.error('AUDIT_UNWRITABLE', { vendId: record.vendId });
        }
        throw new VendError('UPSTREAM_UNAVAILABLE', 'audit-unwritable', { retryAfterSeconds });
      }
      deps.counters.add(counterOf[record.outcome]);
      if (record.reused === true) deps.counters.add('TokenReused');
    },
  };
}

const counterOf = {
  vended: 'Vended',
  denied: 'Denied',
  failed: 'Failed',
  unauthenticated: 'Unauthenticated',
} as const satisfies Record<AuditRecord['outcome'], string>;

/**
 * A broken stream reports twice: to the callback of the write, which rejects below, and as an `error`
 * event, which ends the process if nobody listens: no 503 and no metric, only a crash. Taken off
 * before it is put on, since several sinks may write to one stdout.
 */
function outliveErrorsOf(stream: Pick<NodeJS.WritableStream, 'write'>): void {
  if (stream instanceof EventEmitter) stream.off('error', ignore).on('error', ignore);
}

const ignore = (): void => undefined;

function writeLine(
  stream: Pick<NodeJS.WritableStream, 'write'>,
  record: AuditRecord,
): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(`${JSON.stringify(record)}\n`, (error) => (error ? reject(error) : resolve()));
  });
}
