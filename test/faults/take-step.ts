import type { Clients } from './clients/clients.ts';
import type { Network } from './clients/network.ts';
import { callOnce } from './clients/one-call.ts';
import type { Step } from './schedule.ts';
import type { Service } from './service/service.ts';
import { editions } from './world/editions.ts';
import type { World } from './world/world.ts';

/** Everything on which a schedule is played. */
export interface Stage {
  readonly world: World;
  readonly service: Service;
  readonly network: Network;
  readonly clients: Clients;
}

/** Takes one step. Only `pass` lets time pass: what the others begin goes on while it does. */
export async function takeStep(stage: Stage, step: Step): Promise<void> {
  const { world, service, network, clients } = stage;
  const { time, registry } = world;
  switch (step.do) {
    case 'pass':
      return pass(stage, step.seconds, step.busy);
    case 'freeze':
      return time.freeze(step.seconds);
    case 'client-clocks':
      return clients.setClocks(step.offsetSeconds);
    case 'function-clocks':
      return world.setFunctionClocks(step.offsetSeconds);
    case 'use':
      for (let time_ = 0; time_ < step.times; time_++) use(clients, step.client, step.fresh);
      return;
    case 'call':
      return callOnce({ world, network }, step);
    case 'sts':
      return service.sts.setMood(step.mood);
    case 'registry':
      return registry.setMood(step.mood);
    case 'issuers':
      return world.issuers.setMood(step.mood);
    case 'audit':
      return world.audit.setMood(step.mood);
    case 'network':
      return network.setMood(step.mood);
    case 'publish':
      world.inForce.change({ document: editions[step.edition] });
      return registry.changed();
    case 'suspend':
      world.inForce.change({ suspensions: new Set(step.names) });
      return registry.changed();
    case 'kill':
      void time.sleep(step.afterMs).then(() => kill(stage, step));
      return;
  }
}

function use(clients: Clients, which: number, fresh: boolean): void {
  const all = clients.all();
  void all[which % all.length]?.use(fresh);
}

/** Seconds between two uses of each client: in a hurry at first, then as by a pool that is being used. */
const usedEvery = { atFirst: 0.5, later: 15 } as const;
const atFirstSeconds = 20;
const tickedEverySeconds = 30;

/** Lets time pass. */
export async function pass(
  { world, clients }: Pick<Stage, 'world' | 'clients'>,
  seconds: number,
  isBusy: boolean,
): Promise<void> {
  for (let done = 0; done < seconds; ) {
    const pace = done < atFirstSeconds ? usedEvery.atFirst : usedEvery.later;
    const span = Math.min(isBusy ? pace : tickedEverySeconds, seconds - done);
    for (const client of clients.all()) {
      client.tick();
      if (isBusy) void client.use(false);
    }
    await world.time.pass(span);
    done += span;
  }
}

function kill({ service, clients }: Stage, step: Extract<Step, { do: 'kill' }>): void {
  if (step.what === 'tokens') service.killTokens(step.which);
  if (step.what === 'authorizer') service.killAuthorizer();
  if (step.what === 'client') clients.kill(step.which);
}
