import type { Database, RegistryDocument } from '../../core/registry/model.ts';
import type { Progress } from '../../core/registry/progress.ts';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { explainingFaults } from './operator-faults.ts';
import { printable } from './printable.ts';
import { problemLines, problemSummary } from './problem-lines.ts';
import { createProgress } from './progress.ts';

/** How the argument that names a registry is described. */
export const registryArgument = 'a YAML file, a folder of them, or a compiled registry (.json)';

/**
 * Reads the registry at a path, contacting nobody, and goes on with it; where it has errors, prints
 * them and ends in 2. Faults of the surroundings become a line and an exit code.
 */
export async function withRegistry(
  path: string,
  context: CommandContext,
  work: (document: RegistryDocument) => Promise<void>,
  progress: Progress = createProgress(context),
): Promise<void> {
  await explainingFaults(context, async () => {
    const { readRegistry } = await import('../../operator/read-registry.ts');
    const loaded = await readRegistry(path, progress);
    if (loaded.ok) return work(loaded.document);
    const { problems, isComplete } = loaded;
    context.err(`${problemLines(problems)}${problemSummary(problems, isComplete)}\n`);
    context.exit(exitCodes.usage);
  });
}

/** Prints a value for programs. */
export function printJson(context: CommandContext, value: unknown): void {
  context.out(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** Prints lines for people. Names come from files and from AWS: they may not move the cursor. */
export function printLines(context: CommandContext, lines: readonly string[]): void {
  context.out(lines.map((line) => `${printable(line)}\n`).join(''));
}

/** A database by its name in the registry. @throws CliError */
export function databaseOf(document: RegistryDocument, name: string): Database {
  const found = document.databases.find((database) => database.name === name);
  if (found === undefined) throw usageError(noDatabase(document, name));
  return found;
}

/** What to say of a name that no database has. */
export const noDatabase = ({ databases }: RegistryDocument, name: string): string =>
  `The registry has no database ${name}; ${whatThereIs(databases)}.`;

/** More names than that are no help. */
const maxNames = 10;

/** The names that could have been meant. */
export function whatThereIs(entries: readonly { readonly name: string }[]): string {
  const names = entries.slice(0, maxNames).map(({ name }) => name);
  if (names.length === 0) return 'there are none';
  const more = entries.length - names.length;
  return `there ${entries.length === 1 ? 'is' : 'are'} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
