import type { Command } from 'commander';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { Progress } from '../../core/registry/progress.ts';
import type { OperatorDependencies, Published } from '../../operator/publish-registry.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { addManual } from './manual.ts';
import { printable } from './printable.ts';
import { problemLines, problemSummary } from './problem-lines.ts';
import { createProgress } from './progress.ts';
import { printJson, registryArgument } from './registry-document.ts';
import { addChangeOptions, type ChangeOptions, withTable } from './registry-table.ts';
import {
  addVerifyOptions,
  lackingGrants,
  lackLines,
  type VerifyOptions,
} from './registry-verify.ts';

interface PublishOptions extends ChangeOptions, VerifyOptions {}

/** `tokenvend registry publish <path>`: puts a registry in force, and prints its version. */
export function definePublishVerb(command: Command, context: CommandContext): void {
  addVerifyOptions(addChangeOptions(command))
    .argument('<path>', registryArgument)
    .action((path: string, options: PublishOptions) => publish(path, options, context));
  addManual(command, {
    notes: [
      'Whenever it is interrupted, what was in force stays so. Run it again: it goes on where it was.',
      'Functions go by it within 10 s. What is suspended stays suspended.',
    ],
    examples: [
      ['what a review has approved', 'registry publish registry'],
      [
        'only what the teams’ roles allow',
        'registry publish registry --verify --verify-profile databases-1 databases-2',
      ],
    ],
  });
}

function publish(path: string, options: PublishOptions, context: CommandContext): Promise<void> {
  return withTable(options, context, async (deps) => {
    const progress = createProgress(context);
    const loaded = await load(path, progress, context);
    const problems = loaded.ok ? loaded.warnings : loaded.problems;
    context.err(problemLines(problems));
    if (!loaded.ok) {
      if (options.json) printJson(context, { ok: false, problems });
      context.err(`${problemSummary(problems, loaded.isComplete)}\n`);
      return context.exit(exitCodes.usage);
    }
    const lacks = await lackingGrants(loaded.document, options, context);
    if (lacks.length > 0) {
      if (options.json) printJson(context, { ok: false, problems, lacks });
      context.err(`${lackLines(lacks)}Nothing is published.\n`);
      return context.exit(exitCodes.usage);
    }
    const { publishRegistry } = await import('../../operator/publish-registry.ts');
    const published = await publishRegistry(loaded.document, deps, progress);
    const forgotten = await forgottenIn(loaded.document, deps);
    if (options.json) return printJson(context, { ok: true, ...published, problems, forgotten });
    printPublished(published, forgotten, context);
  });
}

/** A compiled registry as it is; YAML with the key addresses found now. */
async function load(path: string, progress: Progress, { fetch }: CommandContext) {
  const { readRegistry } = await import('../../operator/read-registry.ts');
  const { compileRegistry } = await import('../../operator/compile-registry.ts');
  return path.endsWith('.json') ? readRegistry(path) : compileRegistry(path, { fetch }, progress);
}

/** Not refused: a name may be gone for good. But nobody else notices that a suspension has come to nothing. */
async function forgottenIn(
  document: RegistryDocument,
  { table }: OperatorDependencies,
): Promise<readonly string[]> {
  const { forgottenSuspensions } = await import('../../operator/forgotten-suspensions.ts');
  const { listSuspended } = await import('../../operator/registry-versions.ts');
  const suspended = (await listSuspended(table)).map(({ entry }) => entry);
  return forgottenSuspensions(document, suspended);
}

function printPublished(
  { version, written, items, moved, first }: Published,
  forgotten: readonly string[],
  { out, err }: CommandContext,
): void {
  err(`${written} of ${items} items written${moved ? '' : '; it is in force already'}\n`);
  for (const entry of forgotten) {
    err(
      `${printable(entry)} is suspended, and not in this version: under another name it is not\n`,
    );
  }
  if (first) err('The table had nothing in force before: nothing is suspended.\n');
  out(`${version}\n`);
}
