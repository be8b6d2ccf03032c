import fc from 'fast-check';
import type { Plant } from './plant.ts';
import { anySchedule, type Schedule } from './schedule.ts';
import { simulate } from './simulation.ts';
import type { RegistryKind } from './world/world.ts';

/** Schedules in one run of the suite, over both kinds of registry, unless `FAULT_SCHEDULES` says otherwise. */
const defaultSchedules = 1_000;

/** What to try. Each is an environment variable of `npm run test:faults`. */
export interface Trial {
  /** How many schedules. */
  readonly FAULT_SCHEDULES?: string | undefined;
  /** Where they come from; any, where it is left out. */
  readonly FAULT_SEED?: string | undefined;
  /** One schedule as JSON, to be run alone. */
  readonly FAULT_SCHEDULE?: string | undefined;
}

export interface TrialOptions {
  /** A defect that has been planted. */
  readonly plant?: Plant;
  /** Whether to look for the smallest schedule like the one that fails. */
  readonly shrink?: boolean;
}

/**
 * Runs schedules until one breaks a law, and then the smallest one like it that is found. Rejects with an
 * error that says what broke and how to see it again.
 */
export async function checkSchedules(
  registry: RegistryKind,
  trial: Trial,
  { plant = {}, shrink = true }: TrialOptions = {},
): Promise<void> {
  const { FAULT_SCHEDULES = String(defaultSchedules), FAULT_SEED, FAULT_SCHEDULE } = trial;
  const check = (schedule: Schedule) => checkOne(registry, schedule, plant);
  if (FAULT_SCHEDULE !== undefined) return check(JSON.parse(FAULT_SCHEDULE));
  const outcome = await fc.check(fc.asyncProperty(anySchedule, check), {
    numRuns: Math.ceil(Number(FAULT_SCHEDULES) / 2),
    endOnFailure: !shrink,
    ...(FAULT_SEED === undefined ? {} : { seed: Number(FAULT_SEED) }),
  });
  if (!outcome.failed) return;
  const [schedule] = outcome.counterexample ?? [];
  const replay = [
    'The smallest schedule that was found:',
    `  FAULT_SCHEDULE='${JSON.stringify(schedule)}' npm run test:faults -- ${registry}`,
    'All that were tried:',
    `  FAULT_SEED=${outcome.seed} FAULT_SCHEDULES=${FAULT_SCHEDULES} npm run test:faults -- ${registry}`,
  ];
  // What is no broken law, as where the run itself could not go on, has its reason in the cause.
  const cause = outcome.errorInstance;
  const what = cause instanceof Error ? cause.message : 'it could not be run';
  throw new Error([`registry: ${registry}`, what, ...replay].join('\n'), { cause });
}

async function checkOne(registry: RegistryKind, schedule: Schedule, plant: Plant): Promise<void> {
  const { violations } = await simulate(schedule, registry, plant);
  if (violations.length === 0) return;
  const broken = violations.map(
    ({ law, atSeconds, what }) => `  ${law} at ${atSeconds} s: ${what}`,
  );
  throw new Error(['The schedule breaks what docs/faults.md promises:', ...broken].join('\n'));
}
