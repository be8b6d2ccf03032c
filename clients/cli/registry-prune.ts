import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { printJson } from './registry-document.ts';
import { addChangeOptions, type ChangeOptions, withTable } from './registry-table.ts';

/** `tokenvend registry prune`: deletes all versions but the current and the previous one, and prints them. */
export function definePruneVerb(command: Command, context: CommandContext): void {
  addManual(command, {
    examples: [['all but the current version and the previous one', 'registry prune']],
  });
  addChangeOptions(command).action((options: ChangeOptions) =>
    withTable(options, context, async (deps) => {
      const { pruneRegistry } = await import('../../operator/prune-registry.ts');
      const pruned = await pruneRegistry(deps);
      if (options.json) return printJson(context, { pruned });
      context.out(pruned.map((version) => `${version}\n`).join(''));
      context.err(`${pruned.length} deleted\n`);
    }),
  );
}
