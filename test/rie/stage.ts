import { type ExtensionActor, extensionActor, type RuntimeActor, runtimeActor } from './actors.ts';
import { createPuppets, type Puppets } from './puppets.ts';
import type { StartSubject, Subject } from './subject.ts';

/** A subject with one extension, `probe`, and a runtime, whose parts the scenario plays. */
export interface Stage {
  readonly subject: Subject;
  readonly puppets: Puppets;
  readonly extension: ExtensionActor;
  readonly runtime: RuntimeActor;
  /** The first call of the function. It is under way. */
  readonly call: Promise<{ readonly status: number; readonly body: string }>;
}

/** What a scenario saw: cells by the names of their rows. */
export type Scenario = (stage: Stage) => Promise<Readonly<Record<string, string>>>;

/** Short, because one scenario waits for it. */
const functionTimeoutSeconds = 3;

export async function play(
  start: StartSubject,
  scenario: Scenario,
): Promise<Readonly<Record<string, string>>> {
  const puppets = await createPuppets();
  const subject = await start({ ...puppets, functionTimeoutSeconds });
  try {
    const call = subject.invoke();
    // A scenario may end while it is under way, and closing hangs up on it.
    call.catch(() => undefined);
    await puppets.started('probe');
    const address = subject.runtimeApi;
    return await scenario({
      subject,
      puppets,
      call,
      extension: extensionActor(address),
      runtime: runtimeActor(address),
    });
  } finally {
    await subject.close();
    await puppets.remove();
  }
}
