import type { Command } from 'commander';
import type { ListedSuspension, ListedVersion } from '../../operator/registry-versions.ts';
import { columns } from './columns.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { printJson, printLines } from './registry-document.ts';
import { addTableOptions, type TableOptions, withTable } from './registry-table.ts';

interface VersionsOptions extends TableOptions {
  readonly json?: true;
}

/** `tokenvend registry versions`: what is in force, what is suspended, and what the table holds, newest first. */
export function defineVersionsVerb(command: Command, context: CommandContext): void {
  addManual(command, {
    examples: [['what is in force, and what could be again', 'registry versions']],
  });
  addTableOptions(command)
    .option('--json', 'print versions and suspensions as JSON')
    .action((options: VersionsOptions) =>
      withTable(options, context, async (deps) => {
        const { listSuspended, listVersions } = await import('../../operator/registry-versions.ts');
        const versions = await listVersions(deps.table);
        const suspended = await listSuspended(deps.table);
        if (versions.length === 0) context.err('Nothing is published in this table.\n');
        if (options.json) {
          return printJson(context, { versions, suspended: suspended.map(entryWithNote) });
        }
        printLines(context, [
          ...inForceLines(versions),
          ...suspended.map(suspensionLine),
          ...columns(versions.map(rowOf)).split('\n').slice(0, -1),
        ]);
      }),
    );
}

/** As `suspend --json` has it. */
const entryWithNote = ({ entry, note }: ListedSuspension) => ({ entry, ...note });

function rowOf({ version, standing, state, items, begunAt, by, finished }: ListedVersion) {
  return [
    version,
    state === 'whole' ? standing : state,
    `${items} items`,
    `begun ${signed({ by, at: begunAt })}`,
    finished === undefined ? '' : `finished ${signed(finished)}`,
  ];
}

const inForceLines = (versions: readonly ListedVersion[]): string[] =>
  versions.flatMap(({ version, inForce }) =>
    inForce === undefined ? [] : [`in force: ${version} since ${signed(inForce)}`],
  );

const suspensionLine = ({ entry, note }: ListedSuspension): string =>
  `suspended: ${entry}${note === undefined ? '' : ` since ${signed(note)}`}`;

const signed = ({ by, at, reason }: Signature): string =>
  `${at.toISOString()} by ${by}${reason === undefined ? '' : `: ${reason}`}`;

type Signature = NonNullable<ListedVersion['inForce']>;
