import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';

/** Adds a verb's own arguments, options and subcommands to its command. */
export type DefineVerb = (command: Command, context: CommandContext) => void;

interface Verb {
  readonly summary: string;
  /** Loads the verb's code. Lazily: `token` must not pay for what only operators use. */
  readonly load: () => Promise<DefineVerb>;
}

/** Every verb, by name; a row here is all that a new one needs. */
export const verbs: ReadonlyMap<string, Verb> = new Map([
  [
    'registry',
    {
      summary: 'validate and compile the registry',
      load: async () => (await import('./registry-verb.ts')).defineRegistryVerb,
    },
  ],
]);
