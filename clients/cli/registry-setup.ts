import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import {
  databaseOf,
  printJson,
  printLines,
  registryArgument,
  withRegistry,
} from './registry-document.ts';

interface SetupOptions {
  readonly vendorRole?: string;
  readonly json?: true;
}

/** `tokenvend registry setup <path> <database>`: what has to be done once for a database. Does none of it. */
export function defineSetupVerb(command: Command, context: CommandContext): void {
  addManual(command, {
    examples: [['from nothing to a first login', 'registry setup registry orders']],
  });
  command
    .argument('<path>', registryArgument)
    .argument('<database>', 'name of the database in the registry')
    .option('--vendor-role <arn>', 'the output VendorRoleArn of tokenvend’s own stack')
    .option('--json', 'print the steps as JSON')
    .action((path: string, database: string, options: SetupOptions) =>
      setup(path, database, options, context),
    );
}

async function setup(
  path: string,
  database: string,
  { vendorRole, json }: SetupOptions,
  context: CommandContext,
): Promise<void> {
  await withRegistry(path, context, async (document) => {
    const { setupSteps } = await import('../../operator/setup/setup-steps.ts');
    const { setupLines } = await import('../../operator/setup/setup-lines.ts');
    const vendor = vendorRole === undefined ? {} : { vendorRoleArn: vendorRole };
    const steps = setupSteps(databaseOf(document, database), { registryPath: path, ...vendor });
    if (json) printJson(context, { database, steps });
    else printLines(context, setupLines(steps));
  });
}
