import type { Machine } from '../../../clients/node/machine.ts';
import { nightlyCredentials } from '../../../local/callers.ts';
import { followTraffic } from '../laws/traffic.ts';
import type { Uses } from '../laws/uses.ts';
import type { Plant } from '../plant.ts';
import type { Schedule } from '../schedule.ts';
import type { World } from '../world/world.ts';
import { startAgent } from './agent.ts';
import { startApplication } from './application.ts';
import type { Client, ClientDependencies } from './client.ts';
import { startExtension } from './extension.ts';
import type { Network } from './network.ts';

export interface Clients {
  all(): readonly Client[];
  setClocks(offsetSeconds: number): void;
  /** Ends one; another takes its place at once, with nothing in memory. */
  kill(which: number): void;
  end(): void;
}

export interface ClientsDependencies {
  readonly world: World;
  readonly network: Network;
  readonly uses: Uses;
  readonly plant: Plant;
  /** Private; the agent's. */
  readonly directory: string;
}

/**
 * API calls of one client for one token: while the API fails at most eight in the first minute of a
 * back-off, and each success or "no" is good for 10 s (clients/token-cache).
 */
const apiCallsPerMinute = 20;

type Start = (deps: ClientDependencies) => Client;

export function startClients(
  deps: ClientsDependencies,
  { withAgent, fromSnapshot }: Pick<Schedule, 'withAgent' | 'fromSnapshot'>,
): Clients {
  const { world, network, plant } = deps;
  const uses = plant.handOver === undefined ? deps.uses : handedOver(deps.uses, plant.handOver);
  const { time, violations } = world;
  let offsetMs = 0;
  let started = 0;
  const real: Machine = {
    env: {},
    clock: () => new Date(time.nowMs() + offsetMs),
    monotonicMs: time.ranMs,
    random: world.chance.next,
  };
  const machine = plant.machine?.(real) ?? real;
  const traffic = followTraffic({
    nowMs: time.nowMs,
    perMinute: apiCallsPerMinute,
    onSecondAtOnce: (key) => violations.add('one-api-call', `two at once: ${key}`),
    onExcess: (key, count) => violations.add('few-api-calls', `${count} in a minute: ${key}`),
  });

  const starts: readonly Start[] = [
    ...castOf(deps, fromSnapshot),
    ...(withAgent ? [(parts: ClientDependencies) => agentOf(deps, parts)] : []),
  ];
  const launch = (start: Start): Client => {
    const name = `client-${++started}`;
    const connections = network.connect(name, traffic);
    const planted = plant.connections?.(connections) ?? connections;
    const identity = () => world.issuers.issue('pod');
    return start({ name, machine, connections: planted, uses, identity });
  };
  const clients = starts.map(launch);
  const frozenMs = (): number => time.nowMs() - time.ranMs();
  let frozenAtLookMs = frozenMs();
  const look = (): void => {
    for (const client of clients) client.look();
    frozenAtLookMs = frozenMs();
  };

  return {
    all: () => clients,
    setClocks(offsetSeconds) {
      // A clock that is set back during a freeze is beyond what can be seen: who was frozen looks first,
      // and who may be frozen next looks afterwards. Nobody else does: time has passed by one clock alone.
      if (frozenMs() !== frozenAtLookMs) look();
      offsetMs = offsetSeconds * 1000;
      look();
    },
    kill(which) {
      const at = which % clients.length;
      clients[at]?.kill();
      const start = starts[at];
      if (start !== undefined) clients[at] = launch(start);
    },
    end() {
      for (const client of clients) client.kill();
    },
  };
}

function handedOver(uses: Uses, handOver: NonNullable<Plant['handOver']>): Uses {
  const watch: Uses['watch'] = (client, limitMs, get) =>
    uses.watch(client, limitMs, () => handOver(get()));
  return { ...uses, watch };
}

/** Three teams' programs: two with the library, one with the extension. */
function castOf({ world, plant }: ClientsDependencies, isSnapshot: boolean): readonly Start[] {
  const { violations, ids } = world;
  const { overlooksSnapshots = false } = plant;
  const situation = { violations, ids, isSnapshot, overlooksSnapshots };
  const credentials = nightlyCredentials(world, 10 * 86_400);
  return [
    (parts) => startApplication(parts, { database: 'orders', user: 'orders_app' }),
    (parts) =>
      startApplication(
        { ...parts, identity: () => world.issuers.issue('deployment') },
        { database: 'ledger', user: 'ledger_deploy' },
      ),
    (parts) =>
      startExtension(
        { ...parts, ...situation, credentials },
        { database: 'orders', user: 'orders_batch' },
      ),
  ];
}

function agentOf({ world, plant, directory }: ClientsDependencies, parts: ClientDependencies) {
  const { time, violations } = world;
  const { afterWriting } = plant;
  return startAgent({ ...parts, time, violations, directory, afterWriting }, [
    { database: 'ledger', user: 'ledger_app' },
    { database: 'orders', user: 'orders_app' },
  ]);
}
