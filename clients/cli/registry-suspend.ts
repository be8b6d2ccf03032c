import type { Command } from 'commander';
import type { OperatorDependencies } from '../../operator/publish-registry.ts';
import type { Suspended } from '../../operator/suspend-entry.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';
import { printLines } from './registry-document.ts';
import { addTableOptions, type TableOptions, withTable } from './registry-table.ts';

interface SuspendOptions extends TableOptions {
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
    .action((entry: string, options: SuspendOptions) => suspend(entry, options, context));
}

function suspend(entry: string, options: SuspendOptions, context: CommandContext): Promise<void> {
  return withTable(options, context, async (deps) => {
    const { suspendEntry, takesEffectSeconds } = await import('../../operator/suspend-entry.ts');
    const suspended = await suspendEntry(entry, options.reason, deps);
    const effectiveAt = new Date(suspended.at.getTime() + takesEffectSeconds * 1000);
    context.err(`${printable(standingText(entry, suspended, effectiveAt))}\n`);
    await printWhatRemains(entry, deps, effectiveAt, context);
  });
}

function standingText(entry: string, { isNew, by, at, reason }: Suspended, effectiveAt: Date) {
  return isNew
    ? `${entry} is suspended by ${by}; nobody gets a token for it from ${effectiveAt.toISOString()} on`
    : `${entry} was suspended already, ${at.toISOString()} by ${by}: ${reason}`;
}

/** Also for what was suspended before: whoever finds it so may be the one who has to end the rest. */
async function printWhatRemains(
  entry: string,
  { table }: OperatorDependencies,
  effectiveAt: Date,
  context: CommandContext,
): Promise<void> {
  const { parseEntry } = await import('../../operator/suspension-entry.ts');
  const { suspensionTargets } = await import('../../operator/suspension-targets.ts');
  const { whatRemains } = await import('../../operator/what-remains.ts');
  const parsed = parseEntry(entry);
  const found = await suspensionTargets(parsed, table);
  if (found.targets.length === 0) context.err('In this version it stops nobody: check the name\n');
  const remains = whatRemains(parsed, found, effectiveAt);
  printLines(
    context,
    remains.flatMap((text) => text.split('\n')),
  );
}
