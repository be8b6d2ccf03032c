import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { type AccountOptions, addAccountOptions, withAccount } from './registry-account.ts';
import { printJson, registryArgument } from './registry-document.ts';

interface ImportOptions extends AccountOptions {
  readonly json?: true;
}

/** `tokenvend registry import <path>`: entries for the account's databases that the registry lacks. */
export function defineImportVerb(command: Command, context: CommandContext): void {
  addAccountOptions(command.argument('<path>', registryArgument))
    .option('--json', 'print what was found as JSON, not as entries')
    .action((path: string, options: ImportOptions) => printEntries(path, options, context));
  addManual(command, {
    notes: ['The entries grant nobody anything: users, teams and members are added by hand.'],
    examples: [['a new file', 'registry import registry > registry/databases/imported.yaml']],
  });
}

async function printEntries(
  path: string,
  { json, ...options }: ImportOptions,
  context: CommandContext,
): Promise<void> {
  await withAccount(path, options, context, async (document, reader) => {
    const { unregistered } = await import('../../operator/drift/compare-databases.ts');
    const { foundIn, regionsOf } = await import('../../operator/drift/drift.ts');
    const { registryEntries } = await import('../../operator/import/entries.ts');
    const account = await reader.account();
    const own = document.databases.filter((database) => database.account === account);
    const found = await foundIn(reader, regionsOf(document, account, options.region));
    const missing = unregistered(own, found);
    if (json) printJson(context, { account, databases: missing });
    else context.out(registryEntries(missing, document, account));
  });
}
