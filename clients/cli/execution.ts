import { basename, join } from 'node:path';
import type { KeptTarget, Outcome } from '../agent/file-keeper.ts';
import { firstFiles, keepFresh, type LoopDependencies } from '../agent/keep-fresh.ts';
import { sleep } from '../agent/sleep.ts';
import { connectionOf } from '../agent/target-files.ts';
import { childEnvironment } from './child-environment.ts';
import type { CommandContext } from './command-context.ts';
import { childCommandOf, type ExecOptions } from './exec-options.ts';
import { keeperOf } from './file-options.ts';
import { withApi } from './open-api.ts';
import { createNewsOnly, outcomeLines } from './outcome-lines.ts';
import { patienceOf } from './retrying.ts';
import { runChild } from './run-child.ts';
import { codeOfSignal, type SignalRelay } from './signal-relay.ts';
import { parseTargets, parseTunnels } from './targets.ts';
import { parseTemplate } from './template.ts';
import type { ChildTarget } from './template-fields.ts';

/** One run of `exec`. */
export interface Execution {
  readonly texts: readonly string[];
  readonly options: ExecOptions;
  readonly context: CommandContext;
  readonly relay: SignalRelay;
}

/**
 * Runs the child with its files in `folder`, kept fresh until it ends. Resolves with its code, or with
 * that of a signal that came before there was a child; rejects where there are no first files.
 */
export function execIn(folder: string, execution: Execution): Promise<number> {
  const { texts, options, context, relay } = execution;
  const { clock } = context;
  const targets = targetsIn(folder, texts, options, context);
  const { waitMs } = patienceOf(options.wait, clock);
  return withApi(options, context, async ({ api }) => {
    const ended = new AbortController();
    const report = failureReporter(context);
    const keeper = keeperOf(api, targets, { clock, onPass: report.onPass });
    const loop = { keeper, sleep, signal: ended.signal };
    try {
      const first = await Promise.race([firstFiles({ ...loop, clock }, waitMs), relay.interrupted]);
      if (typeof first === 'string') return codeOfSignal(first);
      report.begin();
      return await runFresh(loop, childTargets(targets, first), execution);
    } finally {
      ended.abort();
    }
  });
}

function runFresh(
  loop: LoopDependencies,
  targets: readonly ChildTarget[],
  { options, context, relay }: Execution,
): Promise<number> {
  const templates = options.set.map(parseTemplate);
  const keepAws = options.auth !== 'iam' || options.keepAwsCredentials === true;
  const env = childEnvironment(context.env, targets, { templates, keepAws });
  // Ends with the signal of the loop; never rejects.
  void keepFresh(loop);
  return runChild({ command: childCommandOf(context), env, relay, err: context.err });
}

function targetsIn(
  directory: string,
  texts: readonly string[],
  { via, team, applicationName }: ExecOptions,
  context: CommandContext,
): readonly KeptTarget[] {
  const names = parseTargets(texts);
  const tunnels = parseTunnels(via, names);
  const ownName = applicationName ?? context.env.PGAPPNAME ?? basename(childCommandOf(context)[0]);
  return names.map((name) => {
    const folder = join(directory, name.alias);
    const files = { seenAs: folder, fileMode: 0o600, via: tunnels(name), applicationName: ownName };
    return { name, team, folder, files };
  });
}

function childTargets(
  targets: readonly KeptTarget[],
  outcomes: readonly Outcome[],
): readonly ChildTarget[] {
  return targets.flatMap(({ name: { alias }, folder, files }) => {
    const outcome = outcomes.find((one) => one.alias === alias);
    if (outcome === undefined || outcome.state === 'failed') return [];
    return [{ alias, folder, connection: connectionOf(alias, outcome.answer, files) }];
  });
}

/**
 * A child's terminal is not ours to write on, unless its next login will fail. What fails before it
 * runs is how we end, and is said then.
 */
function failureReporter({ err }: CommandContext) {
  const news = createNewsOnly();
  let hasBegun = false;
  return {
    begin: (): void => {
      hasBegun = true;
    },
    onPass: (outcomes: readonly Outcome[], now: Date): void => {
      const failures = news(outcomes, now).filter(({ state }) => state === 'failed');
      if (hasBegun) err(outcomeLines(failures, now));
    },
  };
}
