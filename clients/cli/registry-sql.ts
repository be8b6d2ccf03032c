import type { Command } from 'commander';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import {
  databaseOf,
  printJson,
  registryArgument,
  whatThereIs,
  withRegistry,
} from './registry-document.ts';

interface SqlOptions {
  readonly user?: string;
  readonly beside?: string;
  readonly engineVersion?: string;
  readonly json?: true;
}

/** `tokenvend registry sql <path> <database>`: statements that create the database's users. */
export function defineSqlVerb(command: Command, context: CommandContext): void {
  command
    .argument('<path>', registryArgument)
    .argument('<database>', 'name of the database in the registry')
    .option('--user <name>', 'only this user')
    .option('--beside <user>', 'give --user the rights of this one, which keeps its password')
    .option('--engine-version <version>', 'refuse versions without IAM authentication')
    .option('--json', 'print statements, notes and suggestions as JSON')
    .action((path: string, database: string, options: SqlOptions) =>
      sql(path, database, options, context),
    );
  addManual(command, {
    notes: ['The statements may be run again. Run them as the master user.'],
    examples: [['PostgreSQL', 'registry sql registry orders | psql -v ON_ERROR_STOP=1 …']],
  });
}

async function sql(
  path: string,
  database: string,
  options: SqlOptions,
  context: CommandContext,
): Promise<void> {
  const { user, beside } = options;
  if (beside !== undefined && user === undefined)
    throw usageError('--beside needs --user, the new user.');
  await withRegistry(path, context, async (document) => {
    const { assertVersion } = await import('../../operator/sql/engine-version.ts');
    const { userSql } = await import('../../operator/sql/user-sql.ts');
    const { sqlScript } = await import('../../operator/sql/script.ts');
    const entry = databaseOf(document, database);
    assertVersion(entry.engine, options.engineVersion);
    const names = entry.users.map(({ name }) => name).filter((name) => name === (user ?? name));
    if (names.length === 0) {
      throw usageError(
        `${database} has no such user in the registry; ${whatThereIs(entry.users)}.`,
      );
    }
    const users = names.map((name) => userSql(entry, name, beside === undefined ? {} : { beside }));
    if (options.json) printJson(context, { database, engine: entry.engine, users });
    else context.out(sqlScript(`Users of ${database} (${entry.engine}, ${entry.host})`, users));
  });
}
