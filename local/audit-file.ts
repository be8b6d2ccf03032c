import { appendFileSync } from 'node:fs';
import type { AuditRecord } from '../core/audit.ts';

/** The local stand-in for the log group that audit records end in: a file, and a list in memory. */
export function createAuditFile(path: string): {
  readonly stream: Pick<NodeJS.WritableStream, 'write'>;
  readonly records: readonly AuditRecord[];
} {
  const records: AuditRecord[] = [];
  return {
    records,
    stream: {
      write(line: string | Uint8Array, ...rest: unknown[]) {
        const text = String(line);
        appendFileSync(path, text);
        records.push(JSON.parse(text));
        const done = rest.at(-1);
        if (typeof done === 'function') done();
        return true;
      },
    },
  };
}
