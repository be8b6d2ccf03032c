import { Command, CommanderError } from 'commander';
import type { CommandContext } from './command-context.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { verbs } from './verbs.ts';

export type RunDependencies = Omit<CommandContext, 'exit'>;

const processDependencies: RunDependencies = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  fetch: globalThis.fetch,
};

/** Runs the CLI. `args` are those after the program's name; resolves to the exit code, never rejects for usage. */
export async function run(
  args: readonly string[],
  deps: RunDependencies = processDependencies,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const context: CommandContext = {
    ...deps,
    exit: (requested) => {
      code = requested;
    },
  };
  try {
    await (await programFor(args, context)).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  return code;
}

/** Only the verbs that the arguments name are loaded; of the others the summary is enough. */
async function programFor(args: readonly string[], context: CommandContext): Promise<Command> {
  const program = new Command('tokenvend')
    .description('Short-lived credentials for RDS and Aurora databases')
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .exitOverride();
  for (const [name, { summary, load }] of verbs) {
    const command = program.command(name).description(summary);
    if (args.includes(name)) (await load())(command, context);
  }
  return program;
}
