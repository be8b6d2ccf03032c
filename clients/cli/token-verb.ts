import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type FormatName, formats, isFormatName, render } from '../../core/connection/formats.ts';
import { targetOf } from '../../core/connection/target.ts';
import type { VendAnswer } from '../../core/vend-answer.ts';
import { createCaBundles } from '../agent/ca-bundles.ts';
import {
  type ApiOptions,
  addApiOptions,
  addConnectionOptions,
  addTeamOption,
} from './api-options.ts';
import { cachedCaFile } from './ca-file-cache.ts';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { type OpenApi, withApi } from './open-api.ts';
import { patienceOf, retrying } from './retrying.ts';
import { parseTarget, parseTunnels, targetSyntax } from './targets.ts';

interface TokenOptions extends ApiOptions {
  readonly format: string;
  readonly json?: true;
  readonly caFile?: string;
  readonly passFile?: string;
  readonly via?: string;
  readonly applicationName?: string;
  readonly team?: string;
  readonly fresh?: true;
}

/** `tokenvend token <target>`: one token, bare or in a form that a program reads. */
export function defineTokenVerb(command: Command, context: CommandContext): void {
  const names = Object.keys(formats).join(', ');
  command.argument('<target>', targetSyntax);
  command
    .option('--format <name>', `one of ${names}`, 'token')
    .option('--json', 'the same as --format json')
    .option(
      '--ca-file <path>',
      'where the CA bundle is; fetched into your cache folder if not said',
    )
    .option('--pass-file <path>', 'with --format pg-service, the pgpass file to name')
    .option('--fresh', 'ask for a new token, after a login with the last one failed');
  addApiOptions(addConnectionOptions(addTeamOption(command)));
  addManual(command, {
    notes: ['What is printed is a secret, but for pg-service and jdbc. It is good for 15 minutes.'],
    examples: [
      ['a bare token', 'token orders/orders_app'],
      ['variables for this shell', 'token orders --format env   # in: eval "$(…)"'],
      ['everything that is known, for a program', 'token orders --json'],
    ],
  });
  command.action((text: string, options: TokenOptions) => token(text, options, context));
}

async function token(text: string, options: TokenOptions, context: CommandContext): Promise<void> {
  const format = options.json ? 'json' : options.format;
  if (!isFormatName(format)) throw usageError(`There is no format of this name; see --help.`);
  const { alias, database, user } = parseTarget(text);
  const via = parseTunnels(options.via, [{ alias, database }])({ alias, database });
  await withApi(options, context, async (open) => {
    const request = { database, user, team: options.team, fresh: options.fresh };
    const patience = patienceOf(options.wait, context.clock);
    const answer = await retrying(() => open.api.vend(request), patience);
    const caFile = fullPath(options.caFile) ?? (await foundCaFile(format, answer, open, context));
    const passFile = fullPath(options.passFile);
    const { applicationName } = options;
    const target = targetOf(answer, { name: alias, caFile, passFile, via, applicationName });
    const isBare = format === 'token' || format === 'url' || format === 'jdbc';
    context.out(`${render(format, target)}${isBare && context.isTerminal ? '\n' : ''}`);
  });
}

/** Typed as people type paths; written as readers need them, who start in other folders. */
const fullPath = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : resolve(path);

/** The forms that name a CA file are of no use without one. */
async function foundCaFile(
  format: FormatName,
  answer: VendAnswer,
  { api }: OpenApi,
  { env }: CommandContext,
): Promise<string | undefined> {
  const isNamed = format !== 'token' && format !== 'json' && format !== 'pgpass';
  return isNamed ? cachedCaFile(createCaBundles(api), answer, env) : undefined;
}
