import fc from 'fast-check';
import type { Violation } from './laws/violations.ts';
import { anySchedule, type Schedule } from './schedule.ts';
import { simulate } from './simulation.ts';
import type { RegistryKind } from './world/world.ts';

/** Schedules in one run of the suite, over both kinds of registry, unless `FAULT_SCHEDULES` says otherwise. */
const defaultSchedules = 1_000;

/**
 * Runs schedules until one breaks a law, and then the smallest one like it that is found. Rejects with an
 * error that says what broke and how to see it again.
 *
 * `FAULT_SCHEDULES` is how many, `FAULT_SEED` where they come from; `FAULT_SCHEDULE` is one schedule, to be
 * run alone.
 */
export async function checkSchedules(registry: RegistryKind): Promise<void> {
  const { FAULT_SCHEDULES, FAULT_SEED, FAULT_SCHEDULE } = process.env;
  if (FAULT_SCHEDULE !== undefined) return checkOne(registry, JSON.parse(FAULT_SCHEDULE));
  const numRuns = Math.ceil(Number(FAULT_SCHEDULES ?? defaultSchedules) / 2);
  const property = fc.asyncProperty(anySchedule, (schedule) => checkOne(registry, schedule));
  const seed = FAULT_SEED === undefined ? {} : { seed: Number(FAULT_SEED) };
  const outcome = await fc.check(property, { numRuns, ...seed });
  if (!outcome.failed) return;
  const [schedule] = outcome.counterexample ?? [];
  const { violations } = schedule ? await simulate(schedule, registry) : { violations: [] };
  throw new Error(report(registry, outcome.seed, schedule, violations));
}

async function checkOne(registry: RegistryKind, schedule: Schedule): Promise<void> {
  const { violations } = await simulate(schedule, registry);
  if (violations.length > 0) throw new Error(lines(violations).join('\n'));
}

function report(
  registry: RegistryKind,
  seed: number,
  schedule: Schedule | undefined,
  violations: readonly Violation[],
): string {
  return [
    `A schedule breaks what docs/faults.md promises (registry: ${registry}).`,
    ...lines(violations),
    'The smallest schedule that was found:',
    `  FAULT_SCHEDULE='${JSON.stringify(schedule)}' npm run test:faults -- ${registry}`,
    'All that were tried:',
    `  FAULT_SEED=${seed} npm run test:faults -- ${registry}`,
  ].join('\n');
}

function lines(violations: readonly Violation[]): string[] {
  return violations.map(({ law, atSeconds, what }) => `  ${law} at ${atSeconds} s: ${what}`);
}
