import { createFileRegistry } from '../../../adapters/file-registry.ts';
import type { WatchedSource } from '../../../adapters/watched-source.ts';
import type { Mortal } from '../world/mortal.ts';
import {
  followLooks,
  type RegistryMood,
  type RegistryPort,
  type RegistryPortDependencies,
  readingMs,
} from './registry-port.ts';

/** A look a second (adapters/watched-source.ts). */
const leastMs = 1_000;
/** A look, and two readings of the slowest kind. */
const lookMs = leastMs + 2 * 2 * 500;

/**
 * The registry and the suspensions as two files. A registry that cannot be read stays in force in its last
 * good version for as long as that lasts; suspensions that cannot be read stop everything.
 */
export function createFilePort(deps: RegistryPortDependencies): RegistryPort {
  const { time, chance, inForce, pace } = deps;
  const looks = followLooks({ nowMs: time.nowMs, lookMs });
  let mood: RegistryMood = 'well';
  let changes = 0;
  const known = new WeakMap<Mortal, number>();

  /** One look at a file, by a process that may die meanwhile. */
  const looking = <T>(process: Mortal, see: () => T): Promise<T> =>
    process.effect(async () => {
      await time.sleep(readingMs(chance, mood));
      const seen = see();
      await time.sleep(readingMs(chance, mood));
      return seen;
    });

  const source = <T>(process: Mortal, value: () => T, isRegistry: boolean): WatchedSource<T> => ({
    fingerprint: () => {
      pace.look(process, isRegistry ? 'the registry' : 'the suspensions', leastMs);
      return looking(process, () => {
        refuse(mood, isRegistry);
        const isAsKnown = isRegistry && mood !== 'broken' && known.get(process) === changes;
        if (isAsKnown) looks.succeeded(process);
        return `${changes} ${mood === 'broken'}`;
      });
    },
    read: () =>
      looking(process, () => {
        refuse(mood, isRegistry);
        if (mood === 'broken') throw new SyntaxError('half a file');
        if (isRegistry) {
          known.set(process, changes);
          looks.succeeded(process);
        }
        return value();
      }),
  });

  return {
    open: (process) =>
      createFileRegistry({
        registry: source(process, () => inForce.now().document, true),
        suspensions: source(process, () => inForce.now().suspensions, false),
        clock: () => new Date(),
        report: () => undefined,
      }),
    setMood(next) {
      mood = next;
      looks.setFault(next !== 'well' && next !== 'slow');
    },
    changed: () => {
      changes++;
    },
    countsSince: (requestedAtMs, process) => ({
      documentMs: looks.countSinceMs(requestedAtMs, process),
      suspensionsMs: requestedAtMs - lookMs,
    }),
  };
}

/** As the file system says it. A suspensions file that is gone would hold none: it stays. */
function refuse(mood: RegistryMood, isRegistry: boolean): void {
  if (mood === 'gone' && isRegistry) throw systemError('ENOENT');
  if (mood === 'unreadable' || mood === 'partial') throw systemError('EACCES');
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code, syscall: 'open' });
}
