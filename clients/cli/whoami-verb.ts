import type { Command } from 'commander';
import type { Standing } from '../../core/whoami.ts';
import { type ApiOptions, addApiOptions } from './api-options.ts';
import { columns } from './columns.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { withApi } from './open-api.ts';
import { printable } from './printable.ts';
import { patienceOf, retrying } from './retrying.ts';

interface WhoamiOptions extends ApiOptions {
  readonly json?: true;
}

/** `tokenvend whoami`: the identity as the API sees it, and the teams it belongs to. */
export function defineWhoamiVerb(command: Command, context: CommandContext): void {
  command.option('--json', 'print JSON');
  addManual(addApiOptions(command), {
    examples: [
      ['as the registry knows you', 'whoami'],
      ['with AWS credentials', 'whoami --auth iam'],
    ],
  });
  command.action(async (options: WhoamiOptions) => {
    const standing = await withApi(options, context, ({ api }) =>
      retrying(() => api.whoami(), patienceOf(options.wait, context.clock)),
    );
    const json = `${JSON.stringify(standing, undefined, 2)}\n`;
    context.out(options.json ? json : columns(rowsOf(standing)));
  });
}

function rowsOf(standing: Standing): readonly (readonly string[])[] {
  const { teams } = standing;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['principal', standing.principal],
    ['issuer', standing.issuer],
    ['account', standing.account],
    ['expires', standing.expiresAt],
    ...teams.map(({ team, members }) => ['team', `${team} (${members.join(', ')})`] as const),
    ['team', teams.length === 0 ? 'none' : undefined],
    ['registry', standing.registryVersion],
  ];
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [[name, printable(text)]]));
}
