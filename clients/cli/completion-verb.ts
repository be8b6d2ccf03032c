import type { Command } from 'commander';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { type CompletedVerb, scripts } from './completion-scripts.ts';
import { addManual } from './manual.ts';

/** `tokenvend completion bash|zsh|fish`: a script for the shell, made from the verbs as they are. */
export function defineCompletionVerb(command: Command, context: CommandContext): void {
  command.argument('<shell>', 'bash, zsh or fish');
  addManual(command, {
    examples: [
      ['bash, in ~/.bashrc', 'completion bash   # in: source <(…)'],
      ['fish', 'completion fish > ~/.config/fish/completions/tokenvend.fish'],
    ],
  });
  command.action(async (shell: string) => {
    const script = scripts.get(shell);
    if (script === undefined) throw usageError('completion takes bash, zsh or fish.');
    context.out(script(await completedVerbs(context)));
  });
}

async function completedVerbs(context: CommandContext): Promise<readonly CompletedVerb[]> {
  // Here, not above: verbs.ts names this file.
  const { verbs } = await import('./verbs.ts');
  const { Command } = await import('commander');
  return Promise.all(
    [...verbs].map(async ([name, { summary, load }]) => {
      const command = new Command(name);
      (await load())(command, context);
      return { name, summary, words: wordsOf(command) };
    }),
  );
}

function wordsOf(command: Command): readonly string[] {
  const own = [
    ...command.commands.map((below) => below.name()),
    ...command.options.flatMap(({ long }) => long ?? []),
  ];
  return [...new Set([...own, ...command.commands.flatMap(wordsOf), '--help'])];
}
