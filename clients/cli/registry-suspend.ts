import type { Command } from 'commander';
import type { Suspended } from '../../operator/suspend-entry.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { printable } from './printable.ts';
import { addTableOptions, type ChangeOptions, withTable } from './registry-table.ts';
import { printRemains } from './suspension-remains.ts';

interface SuspendOptions extends ChangeOptions {
  readonly reason: string;
}

/** How the argument of `suspend` and `resume` is described. */
export const entryArgument =
  'team/<team>, member/<team>/<member>, user/<database>/<user>, database/<database> or issuer/<issuer>';

/** `tokenvend registry suspend <entry>`: cuts it off within 15 s, and prints what that does not end. */
export function defineSuspendVerb(command: Command, context: CommandContext): void {
  addTableOptions(command)
    .argument('<entry>', entryArgument)
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .option('--json', 'print the outcome as JSON')
    .action((entry: string, options: SuspendOptions) => suspend(entry, options, context));
  addManual(command, {
    notes: [
      'Nobody gets a token for it from 15 s on, in any version, until it is resumed.',
      'It prints what that does not end: tokens of the last 15 minutes, and open sessions. Run again,\nit changes nothing, and prints that again.',
      'Where the table is away, `registry revocation` prints the same from files.',
    ],
    examples: [
      ['a key has leaked', 'registry suspend member/payments/api-pods --reason "leak, case 4711"'],
      ['one user of one database', 'registry suspend user/orders/orders_app --reason "case 4711"'],
    ],
  });
}

function suspend(entry: string, options: SuspendOptions, context: CommandContext): Promise<void> {
  return withTable(options, context, async (deps) => {
    const { suspendEntry, takesEffectSeconds } = await import('../../operator/suspend-entry.ts');
    const { recordsInForce } = await import('../../operator/registry-records.ts');
    const suspended = await suspendEntry(entry, options.reason, deps);
    const effectiveAt = new Date(suspended.at.getTime() + takesEffectSeconds * 1000);
    if (!options.json) context.err(`${printable(standingText(entry, suspended, effectiveAt))}\n`);
    const records = await recordsInForce(deps.table);
    const { json } = options;
    // Also for what was suspended before: whoever finds it so may be the one who has to end the rest.
    await printRemains({ entry, effectiveAt, records, json, outcome: suspended }, context);
  });
}

function standingText(entry: string, { isNew, by, at, reason }: Suspended, effectiveAt: Date) {
  return isNew
    ? `${entry} is suspended by ${by}; nobody gets a token for it from ${effectiveAt.toISOString()} on`
    : `${entry} was suspended already, ${at.toISOString()} by ${by}: ${reason}`;
}
