import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addManual, type ManualPage } from './manual.ts';
import { compile } from './registry-compile.ts';
import { defineDriftVerb } from './registry-drift.ts';
import { defineExplainVerb } from './registry-explain.ts';
import { defineExportVerb } from './registry-export.ts';
import { defineImportVerb } from './registry-import.ts';
import { definePlanVerb } from './registry-plan.ts';
import { definePruneVerb } from './registry-prune.ts';
import { definePublishVerb } from './registry-publish.ts';
import { defineResumeVerb } from './registry-resume.ts';
import { defineRevocationVerb } from './registry-revocation.ts';
import { defineRolesVerb } from './registry-roles.ts';
import { defineRollbackVerb } from './registry-rollback.ts';
import { defineSetupVerb } from './registry-setup.ts';
import { defineSqlVerb } from './registry-sql.ts';
import { defineSuspendVerb } from './registry-suspend.ts';
import { defineTestVerb } from './registry-test.ts';
import { validate } from './registry-validate.ts';
import { defineVersionsVerb } from './registry-versions.ts';
import type { DefineVerb } from './verbs.ts';

/** `tokenvend registry …`: what operators do with the registry. */
export function defineRegistryVerb(command: Command, context: CommandContext): void {
  const validating = command
    .command('validate')
    .description('check registry files; contacts nobody')
    .argument('<path>', 'a YAML file, or a folder of them')
    .option('--strict', 'treat warnings as errors')
    .option('--json', 'print the problems as JSON')
    .action((path: string, options: { readonly strict?: true; readonly json?: true }) =>
      validate(path, options, context),
    );
  const compiling = command
    .command('compile')
    .description('check registry files, find the issuers’ keys, and write the compiled registry')
    .argument('<path>', 'a YAML file, or a folder of them')
    .requiredOption('--out <file>', 'where to write the compiled registry (JSON)')
    .action((path: string, options: { readonly out: string }) =>
      compile(path, options.out, context),
    );
  const schema = command
    .command('schema')
    .description('print the JSON Schema of a registry file')
    .action(async () => {
      const { registryJsonSchemaText } = await import('../../core/registry/json-schema.ts');
      context.out(registryJsonSchemaText());
    });
  addManual(validating, { examples: validateExamples });
  addManual(compiling, { examples: compileExamples });
  addManual(schema, { examples: schemaExamples });
  for (const [name, { summary, define }] of operatorVerbs) {
    define(command.command(name).description(summary), context);
  }
}

const validateExamples = [
  ['before a commit', 'registry validate registry'],
  ['where a warning is to stop a merge', 'registry validate registry --strict'],
] as const satisfies ManualPage['examples'];

const compileExamples = [
  ['for a deployment without a table', 'registry compile registry --out registry.json'],
] as const satisfies ManualPage['examples'];

const schemaExamples = [
  ['for the editor that the files are written with', 'registry schema > registry.schema.json'],
] as const satisfies ManualPage['examples'];

interface OperatorVerb {
  readonly summary: string;
  readonly define: DefineVerb;
}

/** The verbs with a file of their own; a row here is all that a new one needs. */
const operatorVerbs: ReadonlyMap<string, OperatorVerb> = new Map([
  ['test', { summary: 'run the tests beside the registry', define: defineTestVerb }],
  ['plan', { summary: 'compare two versions by what they permit', define: definePlanVerb }],
  ['roles', { summary: 'write the IAM roles that the teams need', define: defineRolesVerb }],
  [
    'sql',
    { summary: 'write the statements that create a database’s users', define: defineSqlVerb },
  ],
  ['setup', { summary: 'list what has to be done once for a database', define: defineSetupVerb }],
  ['drift', { summary: 'compare the registry with an AWS account', define: defineDriftVerb }],
  [
    'import',
    { summary: 'write entries for databases that the registry lacks', define: defineImportVerb },
  ],
  [
    'explain',
    { summary: 'say why a request would be allowed or refused', define: defineExplainVerb },
  ],
  ['publish', { summary: 'put a registry in force', define: definePublishVerb }],
  ['rollback', { summary: 'put an earlier version in force', define: defineRollbackVerb }],
  ['versions', { summary: 'list the versions in the table', define: defineVersionsVerb }],
  ['export', { summary: 'write a version of the table into a file', define: defineExportVerb }],
  ['prune', { summary: 'delete versions out of use', define: definePruneVerb }],
  ['suspend', { summary: 'cut off a team, member, user …', define: defineSuspendVerb }],
  [
    'revocation',
    { summary: 'print what ends tokens and sessions, from files', define: defineRevocationVerb },
  ],
  ['resume', { summary: 'lift a suspension', define: defineResumeVerb }],
]);
