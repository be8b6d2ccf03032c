import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClientError } from '../../clients/api-client/client-error.ts';
import { startOfTest } from '../builders/clock.ts';
import type { Law } from './laws/violations.ts';
import type { Plant, PlantedDefect } from './plant.ts';
import type { Step } from './schedule.ts';
import { unboundedDefects } from './unbounded.ts';
import { never } from './world/mortal.ts';

const busy = (seconds: number): Step => ({ do: 'pass', seconds, busy: true });
const call: Step = { do: 'call', caller: 0, target: 0, fresh: false, giveUpMs: 5_000 };
const quiet = (seconds: number): Step => ({ do: 'pass', seconds, busy: false });

/** One defect for each law: without them nobody could tell a law that holds from one that looks away. */
export const plantedDefects = {
  ...unboundedDefects,
  'usable-token': {
    // A clock that stands still while the machine does.
    plant: {
      machine: (machine) => ({
        ...machine,
        clock: () => new Date(startOfTest.getTime() + machine.monotonicMs()),
      }),
    },
    steps: [busy(2), { do: 'freeze', seconds: 3_600 }, busy(2)],
  },
  'recorded-token': {
    plant: { tokens: (deps) => ({ ...deps, audit: { write: async () => undefined } }) },
    steps: [busy(2)],
  },
  'one-record': {
    plant: {
      tokens: (deps) => ({
        ...deps,
        audit: {
          write: async (record) => {
            await deps.audit.write(record);
            await deps.audit.write(record);
          },
        },
      }),
    },
    steps: [busy(2)],
  },
  'granted-token': {
    // A registry that is read once for each question.
    plant: {
      tokens: (deps) => {
        const known = new Map<string, ReturnType<typeof deps.registry.slice>>();
        const slice: typeof deps.registry.slice = (query) => {
          const key = JSON.stringify(query);
          const answer = known.get(key) ?? deps.registry.slice(query);
          known.set(key, answer);
          return answer;
        };
        return { ...deps, registry: { slice } };
      },
    },
    steps: [
      call,
      call,
      call,
      quiet(5),
      { do: 'publish', edition: 'without-pods' },
      quiet(20),
      call,
      call,
      quiet(5),
    ],
  },
  'one-sts-call': { plant: withoutSessionKeys(), steps: [call, call, call, quiet(3)] },
  'few-sts-calls': {
    plant: withoutSessionKeys(),
    steps: [...Array.from({ length: 200 }, () => call), quiet(3)],
  },
  'one-api-call': {
    plant: {
      connections: (connections) => ({
        ...connections,
        send(request, signal) {
          connections.send(request, signal).catch(() => undefined);
          return connections.send(request, signal);
        },
      }),
    },
    steps: [busy(2)],
  },
  'few-api-calls': {
    // Jitter that takes all of the back-off away.
    plant: { machine: (machine) => ({ ...machine, random: () => -1 }) },
    steps: [{ do: 'network', mood: 'down' }, busy(20)],
  },
  'answered-in-time': { plant: { handOver: () => never() }, steps: [busy(2)] },
  'before-the-limit': {
    // A function that takes its time for that of the API, which is 29 s.
    plant: { timeLeft: (leftMs) => leftMs + 20_000 },
    steps: [
      { do: 'sts', mood: 'stalling' },
      call,
      quiet(10),
      { do: 'audit', mood: 'blocked' },
      call,
      quiet(10),
    ],
  },
  'whole-files': {
    plant: { afterWriting: (folder) => writeFile(join(folder, 'password'), 'of another token') },
    steps: [quiet(40)],
  },
  'clean-snapshot': { plant: { overlooksSnapshots: true }, steps: [quiet(2)] },
  recovery: {
    // A client that never tries again once it has failed.
    plant: {
      connections: (connections) => {
        let hasFailed = false;
        const send: typeof connections.send = async (request, signal) => {
          if (hasFailed) throw new ClientError('unreachable');
          try {
            return await connections.send(request, signal);
          } catch (error) {
            hasFailed = true;
            throw error;
          }
        };
        return { ...connections, send };
      },
    },
    steps: [{ do: 'network', mood: 'down' }, busy(2)],
  },
} as const satisfies Record<Law, PlantedDefect>;

/** Every caller is a new one to the cache of sessions and to the limits, and the same one to STS. */
function withoutSessionKeys(): Plant {
  let callers = 0;
  return {
    tokens: (deps) => ({
      ...deps,
      sessions: {
        obtain: (plan, fresh) =>
          deps.sessions.obtain({ ...plan, callerKey: `caller ${++callers}` }, fresh),
      },
    }),
  };
}
