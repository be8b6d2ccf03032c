import { Command, CommanderError } from 'commander';
import type { CommandContext } from './command-context.ts';
import { applyEnvironment, describeOption } from './environment-options.ts';
import { exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { defineHelpVerb, pointToHelp } from './help-verb.ts';
import { processDependencies } from './process-dependencies.ts';
import { verbs } from './verbs.ts';

/** What the CLI is given by the process; tests give it something else. */
export type RunDependencies = Omit<CommandContext, 'exit' | 'childCommand'>;

/**
 * Runs the CLI. `args` are those after the program's name; resolves to the exit code, and rejects only
 * for a defect of its own.
 */
export async function run(
  args: readonly string[],
  deps: Partial<RunDependencies> = {},
): Promise<number> {
  let code: number = exitCodes.done;
  const { own, childCommand } = splitAtDashes(args);
  const context: CommandContext = {
    ...processDependencies(),
    ...deps,
    childCommand,
    exit: (requested) => {
      code = requested;
    },
  };
  try {
    await (await programFor(own, context)).parseAsync(own, { from: 'user' });
  } catch (error) {
    return codeOf(error, context);
  }
  return code;
}

function codeOf(error: unknown, context: CommandContext): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  const explanation = explainError(error);
  if (explanation === undefined) throw error;
  context.err(`tokenvend: ${explanation.text}\n`);
  return explanation.exitCode;
}

/** What follows `--` is a command of somebody else's: its words must not be taken for our flags or verbs. */
function splitAtDashes(args: readonly string[]) {
  const at = args.indexOf('--');
  return at < 0
    ? { own: args, childCommand: undefined }
    : { own: args.slice(0, at), childCommand: args.slice(at + 1) };
}

/** Only the verbs that the arguments name are loaded; of the others the summary is enough. */
async function programFor(args: readonly string[], context: CommandContext): Promise<Command> {
  const program = new Command('tokenvend')
    .description('Short-lived credentials for RDS and Aurora databases')
    .version(context.version)
    .configureHelp({ optionDescription: describeOption })
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .exitOverride();
  for (const [name, { summary, load }] of verbs) {
    const command = program.command(name).description(summary);
    if (args.includes(name)) (await load())(command, context);
  }
  defineHelpVerb(program);
  pointToHelp(program);
  applyEnvironment(program, context.env);
  return program;
}
