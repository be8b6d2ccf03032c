import type { Command } from 'commander';
import type { Progress } from '../../core/progress.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { OperatorDependencies } from '../../operator/publish-registry.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { addManual } from './manual.ts';
import { printable } from './printable.ts';
import { problemLines, problemSummary } from './problem-lines.ts';
import { createProgress } from './progress.ts';
import { registryArgument } from './registry-document.ts';
import { addTableOptions, type TableOptions, withTable } from './registry-table.ts';

/** `tokenvend registry publish <path>`: puts a registry in force, and prints its version. */
export function definePublishVerb(command: Command, context: CommandContext): void {
  addTableOptions(command)
    .argument('<path>', registryArgument)
    .action((path: string, options: TableOptions) => publish(path, options, context));
  addManual(command, {
    notes: [
      'Whenever it is interrupted, what was in force stays so. Run it again: it goes on where it was.',
      'Functions go by it within 10 s. What is suspended stays suspended.',
    ],
    examples: [['what a review has approved', 'registry publish registry']],
  });
}

function publish(path: string, options: TableOptions, context: CommandContext): Promise<void> {
  return withTable(options, context, async (deps) => {
    const progress = createProgress(context);
    const loaded = await load(path, progress, context);
    const problems = loaded.ok ? loaded.warnings : loaded.problems;
    context.err(problemLines(problems));
    if (!loaded.ok) {
      context.err(`${problemSummary(problems)}\n`);
      return context.exit(exitCodes.usage);
    }
    const { publishRegistry } = await import('../../operator/publish-registry.ts');
    const { version, written, items, moved, first } = await publishRegistry(
      loaded.document,
      deps,
      progress,
    );
    context.err(`${written} of ${items} items written${moved ? '' : '; it is in force already'}\n`);
    await warnOfForgotten(loaded.document, deps, context);
    if (first) context.err('The table had nothing in force before: nothing is suspended.\n');
    context.out(`${version}\n`);
  });
}

/** A compiled registry as it is; YAML with the key addresses found now. */
async function load(path: string, progress: Progress, { fetch }: CommandContext) {
  const { readRegistry } = await import('../../operator/read-registry.ts');
  const { compileRegistry } = await import('../../operator/compile-registry.ts');
  return path.endsWith('.json') ? readRegistry(path) : compileRegistry(path, { fetch }, progress);
}

/** Not refused: a name may be gone for good. But nobody else notices that a suspension has come to nothing. */
async function warnOfForgotten(
  document: RegistryDocument,
  { table }: OperatorDependencies,
  { err }: CommandContext,
): Promise<void> {
  const { forgottenSuspensions } = await import('../../operator/forgotten-suspensions.ts');
  const { listSuspended } = await import('../../operator/registry-versions.ts');
  const suspended = (await listSuspended(table)).map(({ entry }) => entry);
  for (const entry of forgottenSuspensions(document, suspended)) {
    err(
      `${printable(entry)} is suspended, and not in this version: under another name it is not\n`,
    );
  }
}
