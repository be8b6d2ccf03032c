import type { Command } from 'commander';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { RecordedRequest } from '../../operator/explain/recorded-request.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { explainedRequest, type RequestOptions } from './explained-request.ts';
import { addManual } from './manual.ts';
import { printable } from './printable.ts';
import {
  noDatabase,
  printJson,
  printLines,
  registryArgument,
  withRegistry,
} from './registry-document.ts';

interface ExplainOptions extends RequestOptions {
  readonly suspended: readonly string[];
  readonly json?: true;
}

/** `tokenvend registry explain <path> <target>`: every rule that is considered for a request, and why it holds or not. */
export function defineExplainVerb(command: Command, context: CommandContext): void {
  command
    .argument('<path>', registryArgument)
    .argument('[target]', 'database or database/user; with --request-id, that of the record')
    .option('--identity <arn or file>', 'an ARN, or a file with the claims of a JWT (JSON)')
    .option('--request-id <id>', 'a request that was made, by its id in the audit log; or a vendId')
    .option('--records <file>', 'where its audit record is: lines of the log group AuditLogGroup')
    .option('--team <name>', 'the team that the request names')
    .option('--source-ip <address>', 'where the request comes from')
    .option('--at <time>', 'when, such as 2027-01-31T00:00:00Z; default: now')
    .option('--suspended <entry...>', 'as if these were suspended, such as team/payments', [])
    .option('--json', 'print the explanation as JSON')
    .action((path: string, target: string | undefined, options: ExplainOptions) =>
      explainRequest(path, target, options, context),
    );
  addManual(command, {
    notes: [
      'Ends in 4 where the caller would be refused, and in 2 where too little is known of them to tell.\nNothing is verified: the claims are taken as true.',
      'The output repeats those claims that the registry’s rules read.',
    ],
    examples: [
      ['a pod', 'registry explain registry orders/orders_app --identity claims.json'],
      ['a request of last night', 'registry explain registry --records log --request-id 8b1f…'],
      [
        'a role',
        'registry explain registry orders --identity arn:aws:iam::111122223333:role/nightly',
      ],
    ],
  });
}

async function explainRequest(
  path: string,
  target: string | undefined,
  options: ExplainOptions,
  context: CommandContext,
): Promise<void> {
  const { suspended, json } = options;
  await withRegistry(path, context, async (document) => {
    const { indexDocument } = await import('../../core/registry/index-document.ts');
    const { explain } = await import('../../operator/explain/explain.ts');
    const { explanationLines } = await import('../../operator/explain/explanation-lines.ts');
    const { summaryOf } = await import('../../operator/explain/verdict-summary.ts');
    const { parseEntry } = await import('../../operator/suspension-entry.ts');
    for (const entry of suspended) parseEntry(entry);
    const { recorded, ...asked } = await explainedRequest(target, options, context.clock);
    const question = { ...asked, suspensions: new Set(suspended) };
    noteUnknown(question.wish.database, document, context);
    const explanation = explain(indexDocument(document), question);
    const { verdict, ...accounts } = explanation;
    const { isFinal } = accounts;
    if (recorded !== undefined) context.err(`${printable(recordedText(recorded, document))}\n`);
    if (json) printJson(context, { verdict: summaryOf(verdict), ...accounts });
    else printLines(context, explanationLines(explanation));
    if (!isFinal) context.exit(exitCodes.usage);
    else if (!verdict.allowed) context.exit(exitCodes.refused);
  });
}

/** The reason may be another one, since callers are not told which databases there are; the operator is. */
function noteUnknown(wished: string, document: RegistryDocument, context: CommandContext): void {
  if (document.databases.some(({ name }) => name === wished)) return;
  context.err(`${printable(`Note: ${noDatabase(document, wished)}`)}\n`);
}

/** What was decided then, and whether by this version: another one may decide otherwise. */
function recordedText(
  { outcome, now, registryVersion }: RecordedRequest,
  { version }: RegistryDocument,
) {
  const by = registryVersion ?? 'an unknown version';
  const other = registryVersion === version ? '' : `; this is ${version}`;
  return `recorded: ${outcome} at ${now.toISOString()} by ${by}${other}`;
}
