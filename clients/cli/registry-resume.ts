import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { printJson } from './registry-document.ts';
import { entryArgument } from './registry-suspend.ts';
import { addTableOptions, type ChangeOptions, withTable } from './registry-table.ts';

interface ResumeOptions extends ChangeOptions {
  readonly reason: string;
}

/** `tokenvend registry resume <entry>`: lifts a suspension. */
export function defineResumeVerb(command: Command, context: CommandContext): void {
  addTableOptions(command)
    .argument('<entry>', entryArgument)
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .option('--json', 'print the outcome as JSON')
    .action((entry: string, options: ResumeOptions) =>
      withTable(options, context, async (deps) => {
        const { resumeEntry } = await import('../../operator/suspend-entry.ts');
        await resumeEntry(entry, options.reason, deps);
        if (options.json) return printJson(context, { entry, by: deps.by });
        context.err(`${entry} is resumed by ${deps.by}\n`);
      }),
    );
  addManual(command, {
    notes: ['`registry versions` lists what is suspended, since when, by whom and why.'],
    examples: [
      ['once it is mended', 'registry resume member/payments/api-pods --reason "key rotated"'],
    ],
  });
}
