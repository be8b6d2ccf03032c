import type { Step } from './schedule.ts';
import { pass, type Stage, takeStep } from './take-step.ts';

/** Every fault ends, and everybody may have everything again. */
const allIsWell: readonly Step[] = [
  { do: 'sts', mood: 'well' },
  { do: 'registry', mood: 'well' },
  { do: 'issuers', mood: 'well' },
  { do: 'audit', mood: 'well' },
  { do: 'network', mood: 'well' },
  { do: 'publish', edition: 'everyone' },
  { do: 'suspend', names: [] },
  { do: 'client-clocks', offsetSeconds: 0 },
  { do: 'function-clocks', offsetSeconds: 0 },
];

/** What is under way may still fail (a function's 9 s); the longest back-off begins after it. Seconds. */
const lastFailureSeconds = 10;
const longestBackOffSeconds = 60;
/** The agent's next pass, of which a run has fewer, and the longest wait for one call. Seconds. */
const nextCallSeconds = 31;

/** Ends all faults, and finds out whether every client has a token one back-off later. */
export async function recover(stage: Stage): Promise<void> {
  const { world, clients } = stage;
  for (const step of allIsWell) await takeStep(stage, step);
  await pass(stage, lastFailureSeconds + longestBackOffSeconds, true);
  await pass(stage, nextCallSeconds, true);
  for (const client of clients.all()) {
    let isServed = false;
    void client.use(false).then((served) => {
      isServed = served;
    });
    await world.time.pass(10);
    if (!isServed) world.violations.add('recovery', `${client.name} has no token`);
  }
}
