import type { Command } from 'commander';
import { firstFiles } from '../agent/keep-fresh.ts';
import { sleep } from '../agent/sleep.ts';
import type { CommandContext } from './command-context.ts';
import { addFileOptions, type FileOptions, keeperOf, keptTargets } from './file-options.ts';
import { preparePlace } from './file-place.ts';
import { addManual } from './manual.ts';
import { withApi } from './open-api.ts';
import { outcomeLines } from './outcome-lines.ts';
import { patienceOf } from './retrying.ts';

/** `tokenvend write`: the files once, and out. What an init container does. */
export function defineWriteVerb(command: Command, context: CommandContext): void {
  addManual(addFileOptions(command), {
    notes: [
      'The tokens are good for 15 minutes: for an application that connects later, use agent.',
    ],
    examples: [
      ['before an application starts', 'write orders --dir /run/db'],
      [
        'two databases, read by the group',
        'write orders ro=orders/reader --dir /run/db --file-mode 0640',
      ],
    ],
  });
  command.action((texts: string[], options: FileOptions) => write(texts, options, context));
}

async function write(
  texts: readonly string[],
  options: FileOptions,
  context: CommandContext,
): Promise<void> {
  const targets = keptTargets(texts, options);
  const { waitMs } = patienceOf(options.wait, context.clock);
  await withApi(options, context, async ({ api }) => {
    await preparePlace(options, context);
    const keeper = keeperOf(api, targets, context);
    const { signal } = new AbortController();
    const outcomes = await firstFiles({ keeper, sleep, signal, clock: context.clock }, waitMs);
    context.err(outcomeLines(outcomes, context.clock()));
  });
}
