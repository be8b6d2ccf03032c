import { Command, type Option } from 'commander';
import { processDependencies } from '../../clients/cli/process-dependencies.ts';
import { verbs } from '../../clients/cli/verbs.ts';

/** The flags that a verb really has; none for a verb that there is not. */
export async function optionsOf(verb: string): Promise<readonly Option[]> {
  const command = new Command(verb);
  const define = await verbs.get(verb)?.load();
  define?.(command, { ...processDependencies(), childCommand: undefined, exit: () => {} });
  return command.options;
}

/** A command as it stands on a page: its verb, and its flags up to the child's. */
export interface ShownCommand {
  readonly line: string;
  readonly verb: string;
  readonly flags: readonly string[];
}

/** Every `tokenvend …` of a page, in a block of shell or between backticks. */
export function commandsOn(page: string): ShownCommand[] {
  const shown = page.matchAll(/(?:^|`|\$\(|-- )tokenvend ([a-z]+)([^`\n]*)/gm);
  return [...shown].map(([line, verb = '', rest = '']) => {
    const [own = ''] = rest.split(/ -- | #/);
    return { line, verb, flags: own.match(/--[a-z-]+/g) ?? [] };
  });
}

/** The commands of a page that the command line would not understand. */
export async function wrongCommandsOn(page: string): Promise<string[]> {
  const wrong = await Promise.all(
    commandsOn(page).map(async ({ line, verb, flags }) => {
      const known = (await optionsOf(verb)).map(({ long }) => long);
      return verbs.has(verb) && flags.every((flag) => known.includes(flag)) ? [] : [line];
    }),
  );
  return wrong.flat();
}
