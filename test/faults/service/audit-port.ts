import { createStdoutAudit } from '../../../adapters/stdout-audit.ts';
import { createStrictAudit } from '../../../adapters/strict-audit.ts';
import type { AuditRecord, AuditSink } from '../../../core/audit.ts';
import { aLog, someCounters } from '../../builders/ports.ts';
import type { Chance } from '../world/chance.ts';
import { type Mortal, never } from '../world/mortal.ts';
import type { TrueTime } from '../world/true-time.ts';

/**
 * How the places are in which records are kept. `doubtful`: the record is kept, and the answer says that
 * it is not.
 */
export const auditMoods = ['well', 'slow', 'failing', 'doubtful', 'blocked'] as const;
export type AuditMood = (typeof auditMoods)[number];

export interface AuditPort {
  open(process: Mortal): AuditSink;
  setMood(mood: AuditMood): void;
  /** What is kept of a request, where it cannot be lost any more. */
  recordsOf(requestId: string): readonly AuditRecord[];
  all(): readonly AuditRecord[];
  /** Whether a write for the request met with anything but success. */
  wasDisturbed(requestId: string): boolean;
}

/** A stream that takes lines and, where `isStrict`, a durable store before it; both have one mood. */
export function createAuditPort(deps: {
  readonly time: TrueTime;
  readonly chance: Chance;
  readonly isStrict: boolean;
}): AuditPort {
  const { time, chance, isStrict } = deps;
  const kept: AuditRecord[] = [];
  const disturbed = new Set<string>();
  let mood: AuditMood = 'well';

  const keep = async (record: AuditRecord, isTheProof: boolean): Promise<void> => {
    if (mood !== 'well' && mood !== 'slow') disturbed.add(record.requestId);
    await time.sleep(mood === 'slow' ? chance.below(800) : chance.below(5));
    if (mood === 'blocked') return never();
    if (mood === 'failing') throw new Error('not written');
    if (isTheProof) kept.push(record);
    await time.sleep(chance.below(5));
    if (mood === 'doubtful') throw new Error('not known to be written');
  };

  return {
    open(process) {
      const write = (line: string, done: (error?: Error) => void): void => {
        const record: AuditRecord = JSON.parse(line);
        process.effect(() => keep(record, !isStrict)).then(() => done(), done);
      };
      const told = { log: aLog(), counters: someCounters() };
      const everyday = createStdoutAudit({ stream: streamOf(write), ...told });
      const store = { put: (record: AuditRecord) => process.effect(() => keep(record, true)) };
      return isStrict ? createStrictAudit({ store, everyday, ...told }) : everyday;
    },
    setMood: (next) => {
      mood = next;
    },
    recordsOf: (requestId) => kept.filter((record) => record.requestId === requestId),
    all: () => kept,
    wasDisturbed: (requestId) => disturbed.has(requestId),
  };
}

type Write = (line: string, done: (error?: Error) => void) => void;

/** As much of a stream as the sink uses: it always gives a line and a callback. */
function streamOf(write: Write): Pick<NodeJS.WritableStream, 'write'> {
  return {
    write(line: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean {
      const done = typeof encoding === 'function' ? encoding : callback;
      write(String(line), (error) => (typeof done === 'function' ? done(error) : undefined));
      return true;
    },
  };
}
