import type { Command } from 'commander';
import {
  type ApiOptions,
  addApiOptions,
  addConnectionOptions,
  addTeamOption,
} from './api-options.ts';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { targetSyntax } from './targets.ts';

/** The flags of `exec`. */
export interface ExecOptions extends ApiOptions {
  readonly set: readonly string[];
  readonly keepAwsCredentials?: true;
  readonly team?: string;
  readonly via?: string;
  readonly applicationName?: string;
}

/** Adds the flags of `exec`. What stands after `--` is not for commander to see. */
export function addExecOptions(command: Command): Command {
  command
    .argument('<target...>', targetSyntax)
    .usage('<target...> [options] -- command [args...]')
    .option(
      '--set <NAME=template>',
      'a variable for the command, as in DATABASE_URL={url} or {alias.url}; may be repeated',
      (text: string, before: readonly string[]) => [...before, text],
      [],
    )
    .option('--keep-aws-credentials', 'with --auth iam, leave the AWS_ variables to the command');
  return addApiOptions(addConnectionOptions(addTeamOption(command)));
}

/** What stood after `--`. @throws CliError where nothing did. */
export function childCommandOf({
  childCommand,
}: Pick<CommandContext, 'childCommand'>): readonly [program: string, ...args: string[]] {
  const [program, ...args] = childCommand ?? [];
  if (program === undefined)
    throw usageError('What is to be run? Write it after --, as in -- psql.');
  return [program, ...args];
}
