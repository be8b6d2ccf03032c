import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import type { KeptTarget, Outcome } from '../agent/file-keeper.ts';
import { firstFiles, keepFresh } from '../agent/keep-fresh.ts';
import { sleep } from '../agent/sleep.ts';
import { connectionOf } from '../agent/target-files.ts';
import { systemCodeOf, WriteError } from '../agent/write-error.ts';
import { childEnvironment } from './child-environment.ts';
import type { CommandContext } from './command-context.ts';
import { addExecOptions, childCommandOf, type ExecOptions } from './exec-options.ts';
import { keeperOf } from './file-options.ts';
import { addManual } from './manual.ts';
import { withApi } from './open-api.ts';
import { createNewsOnly, outcomeLines } from './outcome-lines.ts';
import { patienceOf } from './retrying.ts';
import { runChild } from './run-child.ts';
import { codeOfSignal, createSignalRelay, type SignalRelay } from './signal-relay.ts';
import { parseTargets, parseTunnels } from './targets.ts';
import { parseTemplate } from './template.ts';
import type { ChildTarget } from './template-fields.ts';

/** `tokenvend exec <target>… -- command…`: a child that can connect, for as long as it runs. */
export function defineExecVerb(command: Command, context: CommandContext): void {
  addManual(addExecOptions(command), {
    notes: [
      'The command finds PGHOST, PGUSER and so on, and a PGPASSFILE that is kept fresh; MySQL\n' +
        'programs find MYSQL_HOME/my.cnf. Variables that say who you are are taken away.',
      'It ends with the code of the command: 128 and the signal for one that was killed, 127\n' +
        'where there is no such command, 126 where it cannot be run.',
    ],
    examples: [
      ['a session', 'exec orders -- psql'],
      [
        'migrations that want a URL',
        "exec orders/orders_deploy --set 'DATABASE_URL={url}' -- npm run migrate",
      ],
      ['two databases', "exec orders ro=orders/reader --set 'REPLICA={ro.url}' -- ./job"],
      ['through a tunnel', 'exec orders --via 127.0.0.1:15432 -- psql'],
    ],
  });
  command.action((texts: string[], options: ExecOptions) => exec(texts, options, context));
}

async function exec(
  texts: readonly string[],
  options: ExecOptions,
  context: CommandContext,
): Promise<void> {
  // What is wrong with the command line is said before anything is asked for.
  childCommandOf(context);
  parseTargets(texts);
  for (const text of options.set) parseTemplate(text);
  const relay = createSignalRelay(process.stdin.isTTY === true);
  const folder = await privateFolder(context.env);
  try {
    context.exit(await execIn(folder, { texts, options, context, relay }));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    relay.close();
  }
}

interface Execution {
  readonly texts: readonly string[];
  readonly options: ExecOptions;
  readonly context: CommandContext;
  readonly relay: SignalRelay;
}

function execIn(folder: string, { texts, options, context, relay }: Execution): Promise<number> {
  const { clock, env, err } = context;
  const targets = targetsIn(folder, texts, options, context);
  const { waitMs } = patienceOf(options.wait, clock);
  return withApi(options, context, async ({ api }) => {
    const onPass = failureReporter(context);
    const ended = new AbortController();
    const loop = { keeper: keeperOf(api, targets, { clock, onPass }), sleep, signal: ended.signal };
    const first = await Promise.race([firstFiles({ ...loop, clock }, waitMs), relay.interrupted]);
    if (typeof first === 'string') {
      ended.abort();
      return codeOfSignal(first);
    }
    const templates = options.set.map(parseTemplate);
    const keepAws = options.auth !== 'iam' || options.keepAwsCredentials === true;
    const childEnv = childEnvironment(env, childTargets(targets, first), { templates, keepAws });
    const fresh = keepFresh(loop);
    const code = await runChild({ command: childCommandOf(context), env: childEnv, relay, err });
    ended.abort();
    await fresh;
    return code;
  });
}

/** Readable for nobody else, on the first of the folders that are emptied when the user or machine goes. */
async function privateFolder({ XDG_RUNTIME_DIR: runtime }: CommandContext['env']): Promise<string> {
  const place = runtime || tmpdir();
  try {
    return await mkdtemp(join(place, 'tokenvend-'));
  } catch (error) {
    throw new WriteError('folder-unwritable', place, systemCodeOf(error));
  }
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

/** A child's terminal is not ours to write on, unless its next login will fail. */
function failureReporter({
  err,
}: CommandContext): (outcomes: readonly Outcome[], now: Date) => void {
  const news = createNewsOnly();
  return (outcomes, now) => {
    err(
      outcomeLines(
        news(outcomes).filter(({ state }) => state === 'failed'),
        now,
      ),
    );
  };
}
