import type { Command } from 'commander';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { createProgress } from './progress.ts';
import { printJson, printLines, registryArgument, withRegistry } from './registry-document.ts';

interface PlanOptions {
  readonly json?: true;
  readonly markdown?: true;
}

/** `tokenvend registry plan <old> <new>`: who gains and loses what between two versions. */
export function definePlanVerb(command: Command, context: CommandContext): void {
  command
    .argument('<old>', registryArgument)
    .argument('<new>', 'the same, as it is to become')
    .option('--markdown', 'print it for a pull request’s comment')
    .option('--json', 'print it as JSON, with every database user')
    .action((before: string, after: string, options: PlanOptions) =>
      compare(before, after, options, context),
    );
  addManual(command, {
    notes: ['Ends in 0 whatever the difference is: deciding about it is the reviewer’s part.'],
    examples: [['for a pull request', 'registry plan main/registry registry --markdown']],
  });
}

async function compare(
  oldPath: string,
  newPath: string,
  { json, markdown }: PlanOptions,
  context: CommandContext,
): Promise<void> {
  const progress = createProgress(context);
  const work = async (before: RegistryDocument, after: RegistryDocument): Promise<void> => {
    const { plan } = await import('../../operator/plan/plan.ts');
    const { planLines, planMarkdown } = await import('../../operator/plan/plan-lines.ts');
    progress.step('comparing what the two permit');
    const planned = plan(before, after);
    if (json) printJson(context, planned);
    else printLines(context, (markdown ? planMarkdown : planLines)(planned));
  };
  const read = (path: string, next: (document: RegistryDocument) => Promise<void>) => {
    progress.step(`reading ${path}`);
    return withRegistry(path, context, next, progress);
  };
  await read(oldPath, (before) => read(newPath, (after) => work(before, after)));
}
