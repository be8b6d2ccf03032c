import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addTableOptions, type TableOptions, withTable } from './registry-table.ts';

/** `tokenvend registry rollback [version]`: puts the previous version in force again, or the one named. */
export function defineRollbackVerb(command: Command, context: CommandContext): void {
  addTableOptions(command)
    .argument('[version]', 'one that registry versions lists; else the previous one')
    .action((version: string | undefined, options: TableOptions) =>
      withTable(options, context, async (deps) => {
        const { rollBackRegistry } = await import('../../operator/rollback-registry.ts');
        const { from, to } = await rollBackRegistry(version, deps);
        context.err(`${from} is out of force within 15 s; suspensions stay\n`);
        context.out(`${to}\n`);
      }),
    );
}
