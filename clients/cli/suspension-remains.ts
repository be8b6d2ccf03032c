import type { RegistryRecords } from '../../operator/registry-records.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';
import { printJson, printLines } from './registry-document.ts';

/** What the end of an entry's new tokens does not end, as it is asked for. */
export interface RemainsRequest {
  readonly entry: string;
  /** When the last token is given out. */
  readonly effectiveAt: Date;
  readonly records: RegistryRecords;
  readonly json: true | undefined;
  /** Printed besides, for programs: what was done about the entry. */
  readonly outcome?: object;
}

/** Prints what is left to do, and how to do it: query, policy and statements. @throws OperatorError. */
export async function printRemains(
  { entry, effectiveAt, records, json, outcome }: RemainsRequest,
  context: CommandContext,
): Promise<void> {
  const { parseEntry } = await import('../../operator/suspension-entry.ts');
  const { suspensionTargets } = await import('../../operator/suspension-targets.ts');
  const { remainsOf } = await import('../../operator/remains.ts');
  const { whatRemains } = await import('../../operator/what-remains.ts');
  const parsed = parseEntry(entry);
  const found = await suspensionTargets(parsed, records);
  const { isKnown } = found;
  if (json) {
    const remains = remainsOf(parsed, found, effectiveAt);
    return printJson(context, { entry, ...outcome, effectiveAt, isKnown, ...remains });
  }
  if (!isKnown) context.err(`${printable(`This version has no ${entry}: check the name.`)}\n`);
  const lines = whatRemains(parsed, found, effectiveAt).flatMap((text) => text.split('\n'));
  printLines(context, lines);
}
