import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { addTableOptions, type TableOptions, withTable } from './registry-table.ts';

interface ExportOptions extends TableOptions {
  readonly out: string;
}

/** `tokenvend registry export [version]`: writes a version that the table holds into a file, and prints its name. */
export function defineExportVerb(command: Command, context: CommandContext): void {
  addTableOptions(command)
    .argument('[version]', 'one that registry versions lists; else the one in force')
    .requiredOption('--out <file>', 'where to write the compiled registry (.json)')
    .action((version: string | undefined, options: ExportOptions) =>
      withTable(options, context, async ({ table }) => {
        const { exportVersion } = await import('../../operator/export-version.ts');
        const { writeDocument } = await import('../../operator/write-document.ts');
        const document = await exportVersion(version, table);
        await writeDocument(document, options.out);
        context.out(`${document.version}\n`);
      }),
    );
  addManual(command, {
    notes: ['What is suspended is no part of a version: `registry versions` has that.'],
    examples: [
      [
        'who could do what before the last publish',
        'registry export sha256:f189e3b159c4 --out then.json',
      ],
    ],
  });
}
