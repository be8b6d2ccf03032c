import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { compile } from './registry-compile.ts';
import { validate } from './registry-validate.ts';

/** `tokenvend registry validate|compile|schema`: what needs the registry's files and nothing else. */
export function defineRegistryVerb(command: Command, context: CommandContext): void {
  command
    .command('validate')
    .description('check registry files; contacts nobody')
    .argument('<path>', 'a YAML file, or a folder of them')
    .option('--strict', 'treat warnings as errors')
    .option('--json', 'print the problems as JSON')
    .action((path: string, options: { readonly strict?: true; readonly json?: true }) =>
      validate(path, options, context),
    );
  command
    .command('compile')
    .description('check registry files, find the issuers’ keys, and write the compiled registry')
    .argument('<path>', 'a YAML file, or a folder of them')
    .requiredOption('--out <file>', 'where to write the compiled registry (JSON)')
    .action((path: string, options: { readonly out: string }) =>
      compile(path, options.out, context),
    );
  command
    .command('schema')
    .description('print the JSON Schema of a registry file')
    .action(async () => {
      const { registryJsonSchemaText } = await import('../../core/registry/json-schema.ts');
      context.out(registryJsonSchemaText());
    });
}
