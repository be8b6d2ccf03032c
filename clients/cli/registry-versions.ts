import type { Command } from 'commander';
import { columns } from './columns.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';
import { printJson, printLines } from './registry-document.ts';
import { addTableOptions, type TableOptions, withTable } from './registry-table.ts';

interface VersionsOptions extends TableOptions {
  readonly json?: true;
}

/** `tokenvend registry versions`: what the table holds, newest first; and on standard error, what is suspended. */
export function defineVersionsVerb(command: Command, context: CommandContext): void {
  addTableOptions(command)
    .option('--json', 'print the versions as JSON')
    .action((options: VersionsOptions) =>
      withTable(options, context, async (deps) => {
        const { listSuspended, listVersions } = await import('../../operator/registry-versions.ts');
        const versions = await listVersions(deps.table);
        const suspended = (await listSuspended(deps.table)).map((one) => printable(one));
        if (suspended.length > 0) context.err(`suspended: ${suspended.join(', ')}\n`);
        if (options.json) return printJson(context, versions);
        const rows = versions.map(({ version, standing, state, items, begunAt, by }) => [
          version,
          state === 'whole' ? standing : state,
          `${items} items`,
          begunAt.toISOString(),
          by,
        ]);
        printLines(context, columns(rows).split('\n').slice(0, -1));
      }),
    );
}
