import type { Command } from 'commander';
import { type FolderState, readFreshness, type Staleness } from '../agent/freshness.ts';
import { usageError } from './cli-error.ts';
import { columns } from './columns.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { addManual } from './manual.ts';
import { wholeNumber } from './numbers.ts';

interface CheckOptions {
  readonly dir: string;
  readonly minTtl: string;
  readonly json?: true;
}

/** `tokenvend check --dir D`: whether what `write` or `agent` left is still good. Asks nobody. */
export function defineCheckVerb(command: Command, context: CommandContext): void {
  command
    .requiredOption('--dir <path>', 'the folder that write or agent was given')
    .option('--min-ttl <seconds>', 'what the tokens must have left', '30')
    .option('--json', 'print JSON');
  addManual(command, {
    notes: ['Ends in 0 where all is good, in 8 where a target is not, or where there is none.'],
    examples: [
      ['as an exec probe', 'check --dir /run/db'],
      ['good for two minutes more', 'check --dir /run/db --min-ttl 120'],
    ],
  });
  command.action((options: CheckOptions) => check(options, context));
}

async function check(options: CheckOptions, context: CommandContext): Promise<void> {
  const minTtlSeconds = wholeNumber('--min-ttl', options.minTtl, { least: 0, most: 900 });
  const states = await statesIn(options.dir, { now: context.clock(), minTtlSeconds });
  const isGood = states.length > 0 && states.every(({ problem }) => problem === undefined);
  if (options.json) {
    context.out(`${JSON.stringify({ fresh: isGood, targets: states }, undefined, 2)}\n`);
  } else {
    context.out(columns(states.map(rowOf)));
    if (states.length === 0) context.err(`There is no target in ${options.dir}.\n`);
  }
  if (!isGood) context.exit(exitCodes.notFresh);
}

async function statesIn(dir: string, by: Parameters<typeof readFreshness>[1]) {
  try {
    return await readFreshness(dir, by);
  } catch {
    throw usageError(`${dir} (--dir) cannot be read.`);
  }
}

const sentences = {
  incomplete: 'incomplete: there is no token yet, or a file is missing',
  expired: 'not fresh: the token has ended, or ends too soon',
  mixed: 'mixed: the files are not all of one token',
  exposed: 'exposed: pgpass may be read by others, and libpq ignores it',
} as const satisfies Record<Staleness, string>;

function rowOf({ alias, problem, expiresAt }: FolderState): readonly string[] {
  const until = expiresAt === undefined ? '' : `until ${expiresAt.toISOString()}`;
  return [alias, problem === undefined ? 'fresh' : sentences[problem], until];
}
