import type { Command } from 'commander';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { addManual } from './manual.ts';
import { printJson, printLines, registryArgument, withRegistry } from './registry-document.ts';
import { parseTarget } from './targets.ts';

interface ExplainOptions {
  readonly identity: string;
  readonly team?: string;
  readonly sourceIp?: string;
  readonly at?: string;
  readonly suspended: readonly string[];
  readonly json?: true;
}

/** `tokenvend registry explain <path> <target>`: every rule that is considered for a request, and why it holds or not. */
export function defineExplainVerb(command: Command, context: CommandContext): void {
  command
    .argument('<path>', registryArgument)
    .argument('<target>', 'database or database/user')
    .requiredOption('--identity <arn or file>', 'an ARN, or a file with the claims of a JWT (JSON)')
    .option('--team <name>', 'the team that the request names')
    .option('--source-ip <address>', 'where the request comes from')
    .option('--at <time>', 'when, such as 2027-01-31T00:00:00Z; default: now')
    .option('--suspended <entry...>', 'as if these were suspended, such as team/payments', [])
    .option('--json', 'print the explanation as JSON')
    .action((path: string, target: string, options: ExplainOptions) =>
      explainRequest(path, target, options, context),
    );
  addManual(command, {
    notes: [
      'Ends in 4 where the caller would be refused. Nothing is verified: the claims are taken as true.',
      'The output repeats those claims that the registry’s rules read.',
    ],
    examples: [
      ['a pod', 'registry explain registry orders/orders_app --identity claims.json'],
      [
        'a role',
        'registry explain registry orders --identity arn:aws:iam::111122223333:role/nightly',
      ],
    ],
  });
}

async function explainRequest(
  path: string,
  target: string,
  options: ExplainOptions,
  context: CommandContext,
): Promise<void> {
  const { database, user } = parseTarget(target);
  const { team, sourceIp, suspended } = options;
  const now = options.at === undefined ? context.clock() : instant(options.at);
  await withRegistry(path, context, async (document) => {
    const { indexDocument } = await import('../../core/registry/index-document.ts');
    const { explain } = await import('../../operator/explain/explain.ts');
    const { explanationLines } = await import('../../operator/explain/explanation-lines.ts');
    const { summaryOf } = await import('../../operator/explain/verdict-summary.ts');
    const { readCaller } = await import('../../operator/explain/read-caller.ts');
    const { parseEntry } = await import('../../operator/suspension-entry.ts');
    for (const entry of suspended) parseEntry(entry);
    const caller = await readCaller(options.identity);
    const named = {
      ...(user === undefined ? {} : { user }),
      ...(team === undefined ? {} : { team }),
    };
    const wish = { database, ...named };
    const suspensions = new Set(suspended);
    const question = { caller, wish, now, sourceIp, suspensions };
    const explanation = explain(indexDocument(document), question);
    const { verdict, ...accounts } = explanation;
    if (options.json) printJson(context, { verdict: summaryOf(verdict), ...accounts });
    else printLines(context, explanationLines(explanation));
    if (!verdict.allowed) context.exit(exitCodes.refused);
  });
}

function instant(text: string): Date {
  const found = new Date(text);
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)$/.test(text);
  if (!isWhole || Number.isNaN(found.getTime())) {
    throw usageError('--at is a date and time with its offset, such as 2027-01-31T00:00:00Z.');
  }
  return found;
}
