import { randomBytes } from 'node:crypto';
import type { RegistryDocument } from '../../core/registry/model.ts';
import { runningParts } from '../../local/running-parts.ts';
import { type OperatorDependencies, publishRegistry } from '../../operator/publish-registry.ts';
import { resumeEntry, suspendEntry } from '../../operator/suspend-entry.ts';
import { absolute, type Measurement } from '../measurement.ts';
import { openProvingGround } from '../vend/proving-ground.ts';
import { openDatabases, registryOf } from '../vend/registry-of.ts';
import { tokensFunction } from '../vend/tokens-function.ts';
import { openBenchTable } from './registry-table.ts';

/** As docs/registry.md promises them. */
const budgets = { suspensionSeconds: 15, publishSeconds: 10 };

/** Whoever has to wait longer than this waits for ever. */
const giveUpSeconds = 60;

/** A function that is asked once a second, by a clock that we move. */
interface Watched {
  readonly operator: OperatorDependencies;
  /** Makes a change right after a look at the table, and gives the seconds until a vend tells of it. */
  secondsUntil(vends: boolean, change: () => Promise<unknown>): Promise<number>;
}

/**
 * How long a warm tokens function goes on as before when something is published or suspended, in simulated
 * seconds and at worst: the change comes right after the function has looked.
 */
export async function measureTakingEffect(): Promise<readonly Measurement[]> {
  const parts = runningParts();
  try {
    const registry = registryOf(10);
    const { operator, secondsUntil } = await watched(registry, parts);
    const without = { ...registry, version: 'without', members: registry.members.slice(1) };
    const entry = 'team/team-0';
    const publish = (document: RegistryDocument) => () => publishRegistry(document, operator);
    const suspended = await secondsUntil(false, () => suspendEntry(entry, 'bench', operator));
    await secondsUntil(true, () => resumeEntry(entry, 'bench', operator));
    const taken = await secondsUntil(false, publish(without));
    const granted = await secondsUntil(true, publish(registry));
    return [
      absolute(
        'suspend until a vend is refused, simulated',
        's',
        suspended,
        budgets.suspensionSeconds,
      ),
      absolute('publish until a vend is refused, simulated', 's', taken, budgets.publishSeconds),
      absolute('publish until a vend is allowed, simulated', 's', granted, budgets.publishSeconds),
    ];
  } finally {
    await parts.close();
  }
}

async function watched(
  registry: RegistryDocument,
  parts: ReturnType<typeof runningParts>,
): Promise<Watched> {
  let nowMs = Math.floor(Date.now() / 1000) * 1000;
  const clock = (): Date => new Date(nowMs);
  const ground = await parts.add(openProvingGround(clock));
  const { table, env } = await parts.add(openBenchTable());
  const operator = { table, clock, ids: () => randomBytes(6).toString('hex'), by: 'bench' };
  await publishRegistry(registry, operator);
  const vend = tokensFunction({ ...(await ground.environmentWith(registry)), ...env }, clock);
  const [database] = openDatabases(registry, 1);
  const vends = (): Promise<boolean> =>
    vend(database).then(
      () => true,
      () => false,
    );
  return {
    operator,
    async secondsUntil(wanted, change) {
      // Long enough after the last look that this one looks again.
      nowMs += giveUpSeconds * 1000;
      if ((await vends()) === wanted) throw new Error('nothing would change');
      await change();
      for (let seconds = 1; seconds <= giveUpSeconds; seconds++) {
        nowMs += 1000;
        if ((await vends()) === wanted) return seconds;
      }
      throw new Error('it took no effect');
    },
  };
}
