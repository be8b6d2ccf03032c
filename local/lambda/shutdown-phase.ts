import { startDeadline } from './deadline.ts';
import { type ShutdownReason, shutdownEvent } from './events.ts';
import type { Extension } from './extension.ts';
import type { ProcessGroup } from './process-group.ts';
import { runtimeProcessName, type Sandbox } from './sandbox.ts';
import type { Settings } from './settings.ts';

/**
 * Ends every process: the runtime first, by SIGTERM, then the extensions, by their SHUTDOWN event; who
 * has not ended in time, or did not ask for the event, is killed with all its children. Extensions
 * never get a SIGTERM. Resolves when nothing of the environment runs any more.
 */
export async function shutdownPhase(
  settings: Settings,
  sandbox: Sandbox,
  reason: ShutdownReason,
): Promise<void> {
  sandbox.failure.dismiss();
  const budget = budgetOf(sandbox, settings);
  const startedAt = settings.clock();
  const limit = startDeadline(budget.totalMs);
  // A stopped process could neither hear of its end nor act on it.
  for (const one of sandbox.processes()) one.signal('SIGCONT');
  const runtime = sandbox.process(runtimeProcessName);
  if (runtime !== undefined) await endRuntime(runtime, budget.runtimeMs);
  const deadline = new Date(startedAt.getTime() + budget.totalMs);
  const event = shutdownEvent(reason, deadline, settings.like);
  const ends = sandbox.extensions.external().map((extension) => {
    const group = sandbox.process(extension.name);
    return group && endExtension(extension, group, () => extension.release(event), limit.passed);
  });
  await Promise.all(ends);
  limit.cancel();
  const groups = sandbox.processes();
  for (const group of groups) group.signal('SIGKILL');
  await Promise.all(groups.map((group) => group.drained));
}

interface Budget {
  readonly totalMs: number;
  /** The runtime's part of it, which comes first. */
  readonly runtimeMs: number;
}

/** Lambda developer guide, "Lambda execution environment lifecycle", Shutdown phase. */
function budgetOf(sandbox: Sandbox, settings: Settings): Budget {
  if (sandbox.extensions.all().length === 0) return { totalMs: 0, runtimeMs: 0 };
  if (sandbox.extensions.external().length === 0) return { totalMs: 500, runtimeMs: 500 };
  return { totalMs: 2_000, runtimeMs: hasLongRuntimeShare(settings) ? 600 : 300 };
}

/** The Runtime Interface Emulator gives 30 %, and so do managed instances. */
function hasLongRuntimeShare({ like, mode }: Settings): boolean {
  return like === 'rie' || mode === 'lambda-managed-instances';
}

/** No budget, no warning: it is killed at once. */
async function endRuntime(runtime: ProcessGroup, budgetMs: number): Promise<void> {
  if (budgetMs > 0 && !runtime.hasExited()) {
    runtime.signal('SIGTERM');
    const patience = startDeadline(budgetMs);
    await Promise.race([runtime.exited, patience.passed]);
    patience.cancel();
  }
  runtime.signal('SIGKILL');
}

async function endExtension(
  extension: Extension,
  group: ProcessGroup,
  tell: () => void,
  limit: Promise<unknown>,
): Promise<void> {
  if (extension.isSubscribed('SHUTDOWN')) {
    tell();
    await Promise.race([group.exited, limit]);
  }
  group.signal('SIGKILL');
  const { code } = await group.exited;
  extension.end(code === 0 ? 'exited' : 'killed');
}
