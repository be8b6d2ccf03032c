import type { Command } from 'commander';
import type { OpenDatabase } from '../../core/list-databases.ts';
import type { ApiClient } from '../api-client/api-client.ts';
import { type ApiOptions, addApiOptions } from './api-options.ts';
import { columns } from './columns.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { withApi } from './open-api.ts';
import { printable } from './printable.ts';
import { patienceOf, retrying } from './retrying.ts';

interface DatabasesOptions extends ApiOptions {
  readonly json?: true;
}

/** `tokenvend databases`: what the caller may open now, and as whom. */
export function defineDatabasesVerb(command: Command, context: CommandContext): void {
  command.option('--json', 'print JSON');
  addManual(addApiOptions(command), {
    examples: [
      ['a table', 'databases'],
      ['the names alone', "databases --json   # in: … | jq -r '.databases[].name'"],
    ],
  });
  command.action((options: DatabasesOptions) => databases(options, context));
}

async function databases(options: DatabasesOptions, context: CommandContext): Promise<void> {
  const found = await withApi(options, context, ({ api }) =>
    retrying(() => allPages(api), patienceOf(options.wait, context.clock)),
  );
  if (options.json) {
    return context.out(`${JSON.stringify({ databases: found }, undefined, 2)}\n`);
  }
  if (found.length === 0) return context.err('You may open no database.\n');
  const heading = context.isTerminal ? [['DATABASE', 'USER', 'TEAMS', 'ENGINE', 'ENDPOINT']] : [];
  context.out(columns([...heading, ...found.flatMap(rowsOf)]));
}

/** More pages than any registry has; a cursor that leads in a circle must not be followed for ever. */
const maxPages = 10_000;

async function allPages(api: ApiClient): Promise<readonly OpenDatabase[]> {
  const found: OpenDatabase[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await api.databases({ limit: 100, cursor });
    found.push(...page.databases);
    if (page.next === null) break;
    cursor = page.next;
  }
  return found;
}

function rowsOf({ name, engine, host, port, users }: OpenDatabase): readonly string[][] {
  return users.map(({ user, teams }) =>
    [name, user, teams.join(','), engine, `${host}:${port}`].map(printable),
  );
}
