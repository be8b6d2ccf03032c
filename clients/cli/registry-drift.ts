import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { addManual } from './manual.ts';
import { type AccountOptions, addAccountOptions, withAccount } from './registry-account.ts';
import { printJson, printLines, registryArgument } from './registry-document.ts';

interface DriftOptions extends AccountOptions {
  readonly vendorRole?: string;
  readonly strict?: true;
  readonly json?: true;
}

/** `tokenvend registry drift <path>`: where the registry and an AWS account disagree. Changes nothing. */
export function defineDriftVerb(command: Command, context: CommandContext): void {
  addAccountOptions(command.argument('<path>', registryArgument))
    .option(
      '--vendor-role <arn>',
      'compare the teams’ roles too, which trust this one (or these, with commas)',
    )
    .option('--strict', 'treat warnings as errors')
    .option('--json', 'print the differences as JSON')
    .action((path: string, options: DriftOptions) => compare(path, options, context));
  addManual(command, {
    notes: ['Ends in 2 where a login would be refused, or one allowed that the registry does not.'],
    examples: [['every night', 'registry drift registry --vendor-role "$VENDOR_ROLE_ARN" --json']],
  });
}

async function compare(
  path: string,
  { vendorRole, strict, json, ...options }: DriftOptions,
  context: CommandContext,
): Promise<void> {
  await withAccount(path, options, context, async (document, reader) => {
    const { drift } = await import('../../operator/drift/drift.ts');
    const { driftLines } = await import('../../operator/drift/drift-lines.ts');
    const found = await drift(document, reader, {
      ...(vendorRole === undefined ? {} : { vendorRoleArn: vendorRole }),
      regions: options.region,
    });
    if (json) printJson(context, found);
    else printLines(context, driftLines(found));
    const counts = found.differences.filter(({ severity }) => strict || severity === 'error');
    if (counts.length > 0) context.exit(exitCodes.usage);
  });
}
