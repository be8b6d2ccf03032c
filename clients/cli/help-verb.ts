import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';

/**
 * `tokenvend help [verb…]`, in place of commander's, which knows no verb below a verb and no unknown one.
 * The program's own help ends with the exit codes.
 */
export function defineHelpVerb(program: Command): void {
  program
    .helpCommand(false)
    .command('help')
    .description('say what a verb does')
    .argument('[verb...]', 'as in registry publish')
    .action((names: readonly string[]) => names.reduce(below, program).outputHelp());
  program.addHelpText(
    'after',
    `\nExit codes (docs/cli.md):\n${exitCodeLines.join('')}  exec ends with its command's.\n`,
  );
}

function below(command: Command, name: string): Command {
  const found = command.commands.find((one) => one.name() === name);
  return found ?? command.error(`error: unknown command '${name}'`);
}

/** After what was typed wrongly, names the help of the very verb; for those below `command` as well. */
export function pointToHelp(command: Command, path = command.name()): void {
  command.showHelpAfterError(`See: ${path} --help`);
  for (const one of command.commands) pointToHelp(one, `${path} ${one.name()}`);
}

const meanings = {
  0: 'done',
  2: 'usage or configuration',
  3: 'the identity is missing or cannot be read',
  4: 'refused',
  5: 'the API was not reached in time',
  6: 'the answer was not understood',
  7: 'a file or the output cannot be written',
  8: 'the files are not fresh (check)',
} as const satisfies Record<ExitCode, string>;

const exitCodeLines = Object.entries(meanings).map(([code, meaning]) => `  ${code}  ${meaning}\n`);
