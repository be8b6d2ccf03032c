import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { instant } from './explained-request.ts';
import { addManual } from './manual.ts';
import { registryArgument, withRegistry } from './registry-document.ts';
import { entryArgument } from './registry-suspend.ts';
import { printRemains } from './suspension-remains.ts';

interface RevocationOptions {
  readonly at?: string;
  readonly json?: true;
}

/** `tokenvend registry revocation <path> <entry>`: what `suspend` prints, from files. Suspends nothing. */
export function defineRevocationVerb(command: Command, context: CommandContext): void {
  command
    .argument('<path>', registryArgument)
    .argument('<entry>', entryArgument)
    .option('--at <time>', 'when the last token for it is given out; default: 15 s from now')
    .option('--json', 'print query, policy and statements as JSON')
    .action((path: string, entry: string, options: RevocationOptions) =>
      revocation(path, entry, options, context),
    );
  addManual(command, {
    notes: [
      'For a packaged registry, or a table that is away. It suspends nothing and contacts nobody: tokens\nare given out until a deployment takes the grant away. Say when with --at, in the future if need be.',
    ],
    examples: [['without a table', 'registry revocation registry member/payments/api-pods']],
  });
}

async function revocation(
  path: string,
  entry: string,
  { at, json }: RevocationOptions,
  context: CommandContext,
): Promise<void> {
  await withRegistry(path, context, async (document) => {
    const { recordsOf } = await import('../../operator/registry-records.ts');
    const { takesEffectSeconds } = await import('../../operator/suspend-entry.ts');
    const fromNow = new Date(context.clock().getTime() + takesEffectSeconds * 1000);
    const effectiveAt = at === undefined ? fromNow : instant(at);
    await printRemains({ entry, effectiveAt, records: recordsOf(document), json }, context);
  });
}
