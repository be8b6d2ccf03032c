import type { Command } from 'commander';

/** What a verb's help says after its flags. */
export interface ManualPage {
  /** Paragraphs, each in lines of at most 90 characters. */
  readonly notes?: readonly string[];
  /** What it is for, and the command; `tokenvend` is put before it. */
  readonly examples: readonly (readonly [purpose: string, command: string])[];
}

/** Ends a verb's help as a manual page ends: with what there is to know, and examples to copy. */
export function addManual(command: Command, { notes = [], examples }: ManualPage): Command {
  const shown = examples.map(([purpose, line]) => `  # ${purpose}\n  tokenvend ${line}\n`);
  const paragraphs = notes.map((note) => `\n${note}\n`);
  return command.addHelpText('after', `${paragraphs.join('')}\nExamples:\n${shown.join('\n')}`);
}
