import type { DynamodbCall } from '../../../adapters/dynamodb-call.ts';
import { DynamodbFault } from '../../../adapters/dynamodb-fault.ts';
import { createDynamodbRegistry } from '../../../adapters/dynamodb-registry.ts';
import { aLog, someCounters } from '../../builders/ports.ts';
import type { Mortal } from '../world/mortal.ts';
import {
  followLooks,
  type RegistryMood,
  type RegistryPort,
  type RegistryPortDependencies,
  readingMs,
} from './registry-port.ts';
import { pointerItem, recordItems } from './table-items.ts';

/** A suspension takes effect within 15 s, the reading included (adapters/held-pointer.ts). */
const lookMs = 15_000;
/** The last good version serves on for at most 300 s, and one look longer while it is being read. */
const outageMs = 302_000;
/** Between two looks at the pointer while they fail; 10 s else (adapters/held-pointer.ts). */
const leastMs = 2_000;
/** Fewer than there are, so that records are pushed out and read again. */
const maxRecords = 6;

/** The registry in a table: one pointer, which carries the suspensions, and editions that never change. */
export function createTablePort(deps: RegistryPortDependencies): RegistryPort {
  const { time, chance, inForce, pace } = deps;
  const looks = followLooks({ nowMs: time.nowMs, lookMs, outageMs });
  let mood: RegistryMood = 'well';

  const answer = (process: Mortal, operation: string, input: unknown): unknown => {
    if (mood === 'unreadable') throw new DynamodbFault(chance.pick(['unreachable', 'throttled']));
    if (operation === 'BatchGetItem') return recordItems(input, mood === 'partial');
    if (mood === 'gone') return {};
    if (mood === 'broken') return { Item: {} };
    looks.succeeded(process);
    const { document, suspensions } = inForce.now();
    return { Item: pointerItem(document, suspensions) };
  };

  return {
    open(process) {
      const call: DynamodbCall = (operation, input) => {
        if (operation === 'GetItem') pace.look(process, 'the pointer', leastMs);
        return process.effect(async () => {
          await time.sleep(readingMs(chance, mood));
          const seen = answer(process, operation, input);
          await time.sleep(readingMs(chance, mood));
          return seen;
        });
      };
      const pause = (ms: number): Promise<void> => process.effect(() => time.sleep(ms));
      const table = { call, table: 'registry', pause };
      const told = { log: aLog(), counters: someCounters() };
      return createDynamodbRegistry({ table, clock: () => new Date(), ...told, maxRecords });
    },
    setMood(next) {
      mood = next;
      looks.setFault(next !== 'well' && next !== 'slow');
    },
    changed: () => undefined,
    countsSince(requestedAtMs, process) {
      const sinceMs = looks.countSinceMs(requestedAtMs, process);
      return { documentMs: sinceMs, suspensionsMs: sinceMs };
    },
  };
}
