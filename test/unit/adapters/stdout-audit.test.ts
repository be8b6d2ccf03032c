import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createStdoutAudit } from '../../../adapters/stdout-audit.ts';
import { openTrail } from '../../../core/audit-trail.ts';
import { anAuditRecord } from '../../builders/audit-records.ts';
import { isPending } from '../../builders/deferred.ts';
import { aLog, someCounters } from '../../builders/ports.ts';

type Done = (error?: Error | null) => void;

/** A stream of which the test decides when and how each write ends. */
function auditOnto(end: (line: string, done: Done) => void) {
  const lines: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (line: string, _encoding, done) => {
      lines.push(line);
      end(line, done);
    },
  });
  const [log, counters] = [aLog(), someCounters()];
  return { audit: createStdoutAudit({ stream, log, counters }), lines, log, counters, stream };
}

describe('the audit sink', () => {
  it('writes one line of JSON for each record, whatever it holds', async () => {
    const { audit, lines } = auditOnto((_, done) => done());
    const record = anAuditRecord({ userAgent: 'two\nlines {"audit":"vend"}\u2028' });

    await audit.write(record);

    expect(lines).toHaveLength(1);
    expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
    expect(JSON.parse(lines[0] ?? '')).toEqual(record);
  });

  it('A22: resolves only when the stream has taken the line', async () => {
    let finish: Done = () => undefined;
    const { audit } = auditOnto((_, done) => {
      finish = done;
    });

    const writing = audit.write(anAuditRecord());

    expect(await isPending(writing)).toBe(true);
    finish();
    await expect(writing).resolves.toBeUndefined();
  });

  it('A22: rejects when the stream fails, and says nothing of why', async () => {
    const { audit, log, counters } = auditOnto((_, done) => done(new Error('planted-secret')));

    const error: unknown = await audit.write(anAuditRecord()).catch((one: unknown) => one);

    expect(error).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'audit-unwritable',
      retryAfterSeconds: 5,
    });
    expect(error).not.toHaveProperty('cause');
    expect(log.entries).toEqual([
      { level: 'error', code: 'AUDIT_UNWRITABLE', fields: { vendId: 'vend-1' } },
    ]);
    expect(counters.counted).toEqual(['AuditUnwritable']);
  });

  it('A22: counts an attempt once, though the record of that failure cannot be written either', async () => {
    const { audit, log, counters } = auditOnto((_, done) => done(new Error('EPIPE')));
    const trail = openTrail(audit, anAuditRecord());

    const error: unknown = await trail.denied('not-granted').catch((one: unknown) => one);
    await expect(trail.failed(error)).rejects.toMatchObject({ reason: 'audit-unwritable' });

    expect(counters.counted).toEqual(['AuditUnwritable']);
    expect(log.entries).toHaveLength(1);
  });

  it('A22: rejects when the stream is gone', async () => {
    const { audit, stream } = auditOnto((_, done) => done());
    stream.destroy();

    await expect(audit.write(anAuditRecord())).rejects.toMatchObject({
      reason: 'audit-unwritable',
    });
  });

  it('A22: hears the errors of its stream once, which would end the process unheard', async () => {
    const { stream, log, counters } = auditOnto((_, done) => done());

    createStdoutAudit({ stream, log, counters });

    expect(stream.listenerCount('error')).toBe(1);
  });

  it('A22: rejects when the stream throws', async () => {
    const stream = {
      write: (): boolean => {
        throw new Error('EPIPE');
      },
    };
    const audit = createStdoutAudit({ stream, log: aLog(), counters: someCounters() });

    await expect(audit.write(anAuditRecord())).rejects.toMatchObject({
      reason: 'audit-unwritable',
    });
  });

  it.each([
    ['vended', false, ['Vended']],
    ['vended', true, ['Vended', 'TokenReused']],
    ['denied', undefined, ['Denied']],
    ['failed', undefined, ['Failed']],
    ['unauthenticated', undefined, ['Unauthenticated']],
  ] as const)('counts %s (reused: %s) as %j', async (outcome, reused, counted) => {
    const { audit, counters } = auditOnto((_, done) => done());

    await audit.write(anAuditRecord({ outcome, ...(reused === undefined ? {} : { reused }) }));

    expect(counters.counted).toEqual(counted);
  });
});
