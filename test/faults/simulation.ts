import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { AuditRecord } from '../../core/audit.ts';
import { startClients } from './clients/clients.ts';
import { createNetwork } from './clients/network.ts';
import { createJudge } from './laws/judge.ts';
import { createUses } from './laws/uses.ts';
import type { Violation } from './laws/violations.ts';
import type { Plant } from './plant.ts';
import { recover } from './recover.ts';
import { rest } from './rest.ts';
import type { Schedule } from './schedule.ts';
import { startService } from './service/service.ts';
import { takeStep } from './take-step.ts';
import { createWorld, type RegistryKind } from './world/world.ts';

/** What a run has shown. */
export interface Run {
  readonly violations: readonly Violation[];
  /** Everything that was recorded, in its order. */
  readonly records: readonly AuditRecord[];
}

/**
 * Runs one schedule against the whole system, lets all faults end, and gives back what was found to be
 * broken. The same schedule gives the same answer.
 */
export async function simulate(
  schedule: Schedule,
  registry: RegistryKind,
  plant: Plant = {},
): Promise<Run> {
  const directory = await mkdtemp(join(tmpdir(), 'tokenvend-faults-'));
  const world = createWorld(schedule, registry);
  vi.spyOn(Math, 'random').mockImplementation(world.chance.next);
  try {
    const { violations } = world;
    const uses = createUses({ ...world, minTtlSeconds: 60 });
    const service = startService(world, createJudge(world), plant);
    const network = createNetwork({ ...world, api: service.api });
    const clients = startClients({ world, network, uses, plant, directory }, schedule);
    const stage = { world, service, network, clients };
    for (const step of schedule.steps) await takeStep(stage, step);
    await recover(stage);
    uses.judgeWaiting();
    clients.end();
    await rest(world);
    return { violations: violations.all(), records: world.audit.all() };
  } finally {
    world.time.end();
    vi.restoreAllMocks();
    await rm(directory, { recursive: true, force: true });
  }
}
