import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemCodeOf, WriteError } from '../agent/write-error.ts';
import type { CommandContext } from './command-context.ts';
import { addExecOptions, childCommandOf, type ExecOptions } from './exec-options.ts';
import { execIn } from './execution.ts';
import { addManual } from './manual.ts';
import { createSignalRelay, isOnTerminal } from './signal-relay.ts';
import { parseTargets } from './targets.ts';
import { parseTemplate } from './template.ts';

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
  const relay = createSignalRelay(isOnTerminal(process));
  const folder = await privateFolder(context.env);
  try {
    context.exit(await execIn(folder, { texts, options, context, relay }));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    relay.close();
  }
}

/** Readable for nobody else, on the first of the folders that are emptied when the user or machine goes. */
async function privateFolder({ XDG_RUNTIME_DIR: runtime }: CommandContext['env']): Promise<string> {
  // `su` and `sudo` leave the variable of a user who is somebody else.
  const own = runtime ? await folderBelow(runtime).catch(() => undefined) : undefined;
  return own ?? (await folderBelow(tmpdir()));
}

async function folderBelow(place: string): Promise<string> {
  try {
    return await mkdtemp(join(place, 'tokenvend-'));
  } catch (error) {
    throw new WriteError('folder-unwritable', place, systemCodeOf(error));
  }
}
