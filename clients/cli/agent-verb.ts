import type { Command } from 'commander';
import { type AgentStatus, createAgentStatus } from '../agent/agent-status.ts';
import type { Outcome } from '../agent/file-keeper.ts';
import { firstFiles, keepFresh } from '../agent/keep-fresh.ts';
import { createNotifier, type Notifier } from '../agent/refresh-notice.ts';
import { sleep } from '../agent/sleep.ts';
import { type AgentOptions, addAgentOptions, noticeOf, serveHealth } from './agent-options.ts';
import type { CommandContext } from './command-context.ts';
import { explainError } from './explain-error.ts';
import { keeperOf, keptTargets } from './file-options.ts';
import { preparePlace } from './file-place.ts';
import { addManual } from './manual.ts';
import { withApi } from './open-api.ts';
import { createNewsOnly, outcomeLines } from './outcome-lines.ts';

/** `tokenvend agent`: the files, for as long as the process runs. What a sidecar does. */
export function defineAgentVerb(command: Command, context: CommandContext): void {
  addManual(addAgentOptions(command), {
    notes: [
      'Until the first files are complete, a refusal ends it (see the exit codes in docs/cli.md),\n' +
        'and an API that does not answer is waited for. After that nothing does but a signal:\n' +
        'SIGTERM and SIGINT end it in 0, and leave the files.',
    ],
    examples: [
      ['as a sidecar', 'agent orders --dir /run/db --health-port 9090 --health-address 0.0.0.0'],
      ['tell PgBouncer', 'agent orders --dir /run/db --on-refresh /etc/pgbouncer/new-token.sh'],
    ],
  });
  command.action((texts: string[], options: AgentOptions) => agent(texts, options, context));
}

async function agent(
  texts: readonly string[],
  options: AgentOptions,
  context: CommandContext,
): Promise<void> {
  const { clock } = context;
  const targets = keptTargets(texts, options);
  const status = createAgentStatus(
    targets.map(({ name }) => name.alias),
    clock(),
  );
  const onPass = passReporter(status, notifierOf(options, context), context);
  const signal = untilTerminated();
  await withApi(options, context, async ({ api }) => {
    await preparePlace(options, context);
    const health = await serveHealth(options, status, clock);
    try {
      const loop = { keeper: keeperOf(api, targets, { clock, onPass }), sleep, signal };
      await untilAborted(firstFiles({ ...loop, clock }, Number.POSITIVE_INFINITY), signal);
      await keepFresh(loop);
    } catch (error) {
      endSaid(error, context);
    } finally {
      health?.close();
    }
  });
}

function notifierOf(options: AgentOptions, { env, err, clock }: CommandContext) {
  const notice = noticeOf(options);
  const onFailure = (why: string): void => err(`${clock().toISOString()} ${why}\n`);
  return notice === undefined ? undefined : createNotifier(notice, { env, onFailure });
}

function passReporter(
  status: AgentStatus,
  notifier: Notifier | undefined,
  { err }: CommandContext,
): (outcomes: readonly Outcome[], now: Date) => void {
  const news = createNewsOnly();
  return (outcomes, now) => {
    status.record(outcomes, now);
    err(outcomeLines(news(outcomes, now), now));
    const written = outcomes.filter(({ state }) => state === 'written');
    if (written.length > 0) notifier?.notify(written.map(({ alias }) => alias));
  };
}

/** The report of the pass that failed has said why, with the target and the time. */
function endSaid(error: unknown, { exit }: CommandContext): void {
  const explanation = explainError(error);
  if (explanation === undefined) throw error;
  exit(explanation.exitCode);
}

/** A second signal finds no listener, and ends the process at once. */
function untilTerminated(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

/** `work`, unless the signal comes first: whoever ends us does not wait for an API. */
function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    work.then(
      () => resolve(),
      (error: unknown) => (signal.aborted ? resolve() : reject(error)),
    );
  });
}
