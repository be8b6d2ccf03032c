import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { printJson } from './registry-document.ts';
import { addChangeOptions, type ChangeOptions, withTable } from './registry-table.ts';

/** `tokenvend registry rollback [version]`: puts the previous version in force again, or the one named. */
export function defineRollbackVerb(command: Command, context: CommandContext): void {
  addChangeOptions(command)
    .argument('[version]', 'one that registry versions lists; else the previous one')
    .action((version: string | undefined, options: ChangeOptions) =>
      withTable(options, context, async (deps) => {
        const { rollBackRegistry } = await import('../../operator/rollback-registry.ts');
        const { from, to } = await rollBackRegistry(version, deps);
        if (options.json) return printJson(context, { from, to });
        context.err(`${from} is out of force within 15 s; suspensions stay\n`);
        context.out(`${to}\n`);
      }),
    );
  addManual(command, {
    notes: ['Run twice, it is back where it began. What is suspended stays suspended.'],
    examples: [
      ['undo the last publish', 'registry rollback'],
      ['go back further', 'registry rollback sha256:f189e3b159c4'],
    ],
  });
}
